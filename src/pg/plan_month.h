/*
 * plan_month.h
 *	  The planner's view of bill_month(at).
 */
#ifndef AC_PLAN_MONTH_H
#define AC_PLAN_MONTH_H

extern void ac_plan_month_init(void);

#endif							/* AC_PLAN_MONTH_H */
