/*
 * currencies.h
 *	  The currencies of ISO 4217 and the decimals of their minor units.
 */
#ifndef AC_CURRENCIES_H
#define AC_CURRENCIES_H

#include <stddef.h>

/* ISO 4217 list one, January 2026, as code=decimals by area. */
static const char *const active[] = {
	/* Africa */
	"AOA=2 BIF=0 BWP=2 CDF=2 CVE=2 DJF=0 DZD=2 EGP=2 ERN=2 ETB=2 GHS=2 GMD=2",
	"GNF=0 KES=2 KMF=0 LRD=2 LSL=2 LYD=3 MAD=2 MGA=2 MRU=2 MUR=2 MWK=2 MZN=2",
	"NAD=2 NGN=2 RWF=0 SCR=2 SDG=2 SHP=2 SLE=2 SOS=2 SSP=2 STN=2 SZL=2 TND=3",
	"TZS=2 UGX=0 XAF=0 XOF=0 ZAR=2 ZMW=2 ZWG=2",
	/* America */
	"ARS=2 AWG=2 BBD=2 BMD=2 BOB=2 BOV=2 BRL=2 BSD=2 BZD=2 CAD=2 CLF=4 CLP=0",
	"COP=2 COU=2 CRC=2 CUP=2 DOP=2 FKP=2 GTQ=2 GYD=2 HNL=2 HTG=2 JMD=2 KYD=2",
	"MXN=2 MXV=2 NIO=2 PAB=2 PEN=2 PYG=0 SRD=2 SVC=2 TTD=2 USD=2 USN=2 UYI=0",
	"UYU=2 UYW=4 VED=2 VES=2 XCD=2 XCG=2",
	/* Asia */
	"AED=2 AFN=2 AMD=2 AZN=2 BDT=2 BHD=3 BND=2 BTN=2 CNY=2 GEL=2 HKD=2 IDR=2",
	"ILS=2 INR=2 IQD=3 IRR=2 JOD=3 JPY=0 KGS=2 KHR=2 KPW=2 KRW=0 KWD=3 KZT=2",
	"LAK=2 LBP=2 LKR=2 MMK=2 MNT=2 MOP=2 MVR=2 MYR=2 NPR=2 OMR=3 PHP=2 PKR=2",
	"QAR=2 SAR=2 SGD=2 SYP=2 THB=2 TJS=2 TMT=2 TRY=2 TWD=2 UZS=2 VND=0 XAD=2",
	"YER=2",
	/* Europe */
	"ALL=2 BAM=2 BYN=2 CHE=2 CHF=2 CHW=2 CZK=2 DKK=2 EUR=2 GBP=2 GIP=2 HUF=2",
	"ISK=0 MDL=2 MKD=2 NOK=2 PLN=2 RON=2 RSD=2 RUB=2 SEK=2 UAH=2",
	/* Oceania */
	"AUD=2 FJD=2 NZD=2 PGK=2 SBD=2 TOP=2 VUV=0 WST=2 XPF=0",
	NULL
};

/* List three, from 2009 on. */
static const char *const withdrawn[] = {
	"SKK=2 TMM=2 ZWR=2 EEK=2 ZMK=2 LVL=2 USS=2 LTL=2 BYR=0 MRO=2 STD=2 VEF=2",
	"CUC=2 HRK=2 SLL=2 ZWL=2 ANG=2 BGN=2",
	NULL
};

#endif							/* AC_CURRENCIES_H */
