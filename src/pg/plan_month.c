/*
 * plan_month.c
 *	  The planner's view of bill_month(at) and bill_day(at): a condition on
 *	  the month or day is a condition on the time.
 *
 * "bill_month(at) = '2024-09-01'" is replaced by "at >= '2024-09-01' AND at <
 * '2024-10-01'" in UTC, likewise <, <=, > and >=, so that an index or
 * partitions by time serve it.  The two are true, false and NULL for the same
 * rows, which is why the first need not be kept.
 *
 * PostgreSQL asks only the support function of the operator (here date's own)
 * how an index could serve "f(x) = y", never that of f.  So the work is done
 * in the hook that is called for each table before its conditions are handed
 * out.  The support functions of bill_month and bill_day mark these, and by
 * being called load this library before the hook is needed.
 */
#include "pg/ac_pg.h"

#include "access/stratnum.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "core/calendar.h"
#include "datatype/timestamp.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/pathnodes.h"
#include "optimizer/pathnode.h"
#include "optimizer/plancat.h"
#include "utils/date.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "pg/plan_month.h"

PG_FUNCTION_INFO_V1(accelcost_bill_month_support);
PG_FUNCTION_INFO_V1(accelcost_bill_day_support);

static relation_hook_type previous_hook = NULL;

/* The period whose first day the function returns. */
typedef enum period
{
	NO_PERIOD, MONTH, DAY
} period;

/*
 * Both do nothing: they mark the functions, and load this library when called.
 */
Datum
accelcost_bill_month_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(NULL);
}

Datum
accelcost_bill_day_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(NULL);
}

static period
period_of(Oid function)
{
	RegProcedure support = get_func_support(function);
	FmgrInfo	info;

	if (!OidIsValid(support))
		return NO_PERIOD;
	fmgr_info(support, &info);
	if (info.fn_addr == accelcost_bill_month_support)
		return MONTH;
	return info.fn_addr == accelcost_bill_day_support ? DAY : NO_PERIOD;
}

/* bill_month(column) or bill_day(column) of the table, or NULL. */
static FuncExpr *
period_of_column(Node *node, Index relid)
{
	FuncExpr   *call = (FuncExpr *) node;
	Var		   *column;

	if (!IsA(node, FuncExpr) || call->funcresulttype != DATEOID ||
		list_length(call->args) != 1)
		return NULL;
	column = (Var *) linitial(call->args);
	if (!IsA(column, Var) || (Index) column->varno != relid ||
		column->varlevelsup != 0 || period_of(call->funcid) == NO_PERIOD)
		return NULL;
	return call;
}

/* Return the column in a call found by period_of_column(). */
static Var *
column_of(FuncExpr *call)
{
	return (Var *) linitial(call->args);
}

static bool
has_call(Node *node, FuncExpr *call)
{
	if (node == NULL)
		return false;
	if (IsA(node, FuncExpr) && ((FuncExpr *) node)->funcid == call->funcid &&
		IsA(column_of((FuncExpr *) node), Var) &&
		column_of((FuncExpr *) node)->varattno == column_of(call)->varattno)
		return true;
	return expression_tree_walker(node, has_call, call);
}

/*
 * Test whether the table has an index or partitions by the call itself. Then
 * the condition is useful as it is.
 */
static bool
is_indexed(RelOptInfo *rel, FuncExpr *call)
{
	ListCell   *lc;
	int			i;

	foreach(lc, rel->indexlist)
	{
		IndexOptInfo *index = lfirst_node(IndexOptInfo, lc);

		if (has_call((Node *) index->indexprs, call) ||
			has_call((Node *) index->indpred, call))
			return true;
	}
	if (rel->part_scheme == NULL)
		return false;
	for (i = 0; i < rel->part_scheme->partnatts; i++)
		if (has_call((Node *) rel->partexprs[i], call))
			return true;
	return false;
}

/*
 * "column >= day" or "column < day", where the day begins in UTC; NULL if the
 * column's type ends before that day.
 */
static Expr *
compare_with_day(Var *column, StrategyNumber strategy, int64 day)
{
	TypeCacheEntry *type = lookup_type_cache(column->vartype,
											 TYPECACHE_BTREE_OPFAMILY);
	Oid			operator;
	int16		typlen;
	bool		typbyval;
	Datum		bound;

	operator = get_opfamily_member(type->btree_opf, column->vartype,
								   column->vartype, strategy);
	if (column->vartype == DATEOID)
	{
		if (!IS_VALID_DATE(day))
			return NULL;
		bound = DateADTGetDatum((DateADT) day);
	}
	else
	{
		int64		time;

		if (pg_mul_s64_overflow(day, USECS_PER_DAY, &time) ||
			!IS_VALID_TIMESTAMP(time))
			return NULL;
		bound = TimestampGetDatum(time);
	}
	get_typlenbyval(column->vartype, &typlen, &typbyval);
	return make_opclause(operator, BOOLOID, false,
						 (Expr *) copyObject(column),
						 (Expr *) makeConst(column->vartype, -1, InvalidOid,
											typlen, bound, false, typbyval),
						 InvalidOid, InvalidOid);
}

static Expr *
from_day(Var *column, int64 day)
{
	return compare_with_day(column, BTGreaterEqualStrategyNumber, day);
}

static Expr *
before_day(Var *column, int64 day)
{
	return compare_with_day(column, BTLessStrategyNumber, day);
}

/* Return conditions on the column that are equivalent to "call op day". */
static List *
conditions_on_column(FuncExpr *call, Oid comparison, DateADT day)
{
	Var		   *column = column_of(call);
	bool		by_day = period_of(call->funcid) == DAY;
	int64		month = ac_month_of_day(day);
	int64		start = by_day ? day : ac_month_start(month);
	int64		end = by_day ? (int64) day + 1 : ac_month_start(month + 1);
	int64		reached = start == day ? start : end;
	Expr	   *first = NULL;
	Expr	   *second = NULL;

	switch (comparison)
	{
		case F_DATE_EQ:
			if (start != day)
				return NIL;
			first = from_day(column, start);
			second = before_day(column, end);
			if (second == NULL)
				return NIL;
			break;
		case F_DATE_GE:
			first = from_day(column, reached);
			break;
		case F_DATE_GT:
			first = from_day(column, end);
			break;
		case F_DATE_LT:
			first = before_day(column, reached);
			break;
		case F_DATE_LE:
			first = before_day(column, end);
			break;
		default:
			break;
	}
	if (first == NULL)
		return NIL;
	return second ? list_make2(first, second) : list_make1(first);
}

/* Return the replacement of a condition, or NIL. */
static List *
replace_condition(Node *condition, RelOptInfo *rel)
{
	OpExpr	   *comparison = (OpExpr *) condition;
	Oid			operator;
	Node	   *left;
	Const	   *right;
	FuncExpr   *call;

	if (!IsA(condition, OpExpr) || list_length(comparison->args) != 2)
		return NIL;
	operator = comparison->opno;
	left = linitial(comparison->args);
	right = lsecond(comparison->args);
	if (IsA(left, Const))
	{
		operator = get_commutator(operator);
		left = lsecond(comparison->args);
		right = linitial(comparison->args);
	}
	if (!OidIsValid(operator) || !IsA(right, Const) ||
		right->consttype != DATEOID || right->constisnull ||
		DATE_NOT_FINITE(DatumGetDateADT(right->constvalue)))
		return NIL;
	call = period_of_column(left, rel->relid);
	if (call == NULL || is_indexed(rel, call))
		return NIL;
	return conditions_on_column(call, get_opcode(operator),
								DatumGetDateADT(right->constvalue));
}

/* The conditions of a list, which are joined by AND, with replacements. */
static Node *
replace_conditions(Node *conditions, RelOptInfo *rel)
{
	List	   *result = NIL;
	ListCell   *lc;

	if (conditions == NULL || !IsA(conditions, List))
		return conditions;
	foreach(lc, (List *) conditions)
	{
		List	   *replacement = replace_condition(lfirst(lc), rel);

		result = replacement ? list_concat(result, replacement)
			: lappend(result, lfirst(lc));
	}
	return (Node *) result;
}

static void
replace_in_join_tree(Node *node, RelOptInfo *rel)
{
	if (IsA(node, FromExpr))
	{
		FromExpr   *from = (FromExpr *) node;
		ListCell   *lc;

		foreach(lc, from->fromlist)
			replace_in_join_tree(lfirst(lc), rel);
		from->quals = replace_conditions(from->quals, rel);
	}
	else if (IsA(node, JoinExpr))
	{
		JoinExpr   *join = (JoinExpr *) node;

		replace_in_join_tree(join->larg, rel);
		replace_in_join_tree(join->rarg, rel);
		join->quals = replace_conditions(join->quals, rel);
	}
}

static void
replace_for_relation(RELATION_HOOK_PARAMETERS)
{
	if (previous_hook)
		previous_hook(RELATION_HOOK_ARGUMENTS);

	/* CREATE INDEX and CLUSTER plan without a join tree */
	if (rel->reloptkind == RELOPT_BASEREL && rel->rtekind == RTE_RELATION &&
		root->parse->jointree != NULL)
		replace_in_join_tree((Node *) root->parse->jointree, rel);
}

void
ac_plan_month_init(void)
{
	previous_hook = relation_hook;
	relation_hook = replace_for_relation;
}
