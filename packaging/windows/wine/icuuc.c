/* TEST ONLY, never shipped: Windows has this DLL, Wine 8 does not. Every converter "does not exist". */
#include <stddef.h>
#define X __declspec(dllexport)
typedef int UErrorCode; enum { U_UNSUPPORTED = 16, U_FILE_ACCESS = 4 };
X void *ucnv_open(const char *n, UErrorCode *e){ if(e) *e=U_FILE_ACCESS; return 0; }
X void ucnv_close(void*c){}
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void){} X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void){}
X void ucnv_reset(void*c){} X signed char ucnv_getMaxCharSize(void*c){return 4;}
X const char*ucnv_getName(void*c,UErrorCode*e){if(e)*e=U_UNSUPPORTED;return 0;}
X void ucnv_getToUCallBack(void){} X void ucnv_getFromUCallBack(void){} X void ucnv_setToUCallBack(void){} X void ucnv_setFromUCallBack(void){}
X void ucnv_cbToUWriteUChars(void){} X void ucnv_cbFromUWriteUChars(void){}
X void ucnv_toUnicode(void){} X void ucnv_fromUnicode(void){}
X int ucnv_toUCountPending(void*c,UErrorCode*e){return 0;} X int ucnv_fromUCountPending(void*c,UErrorCode*e){return 0;}
X const char*ucnv_getStandardName(const char*n,const char*s,UErrorCode*e){return 0;}
X const char*ucnv_getAvailableName(int n){return 0;} X int ucnv_countAvailable(void){return 0;}
