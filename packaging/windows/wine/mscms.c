/* TEST ONLY, never shipped: Wine 8 lacks these functions. There is no colour profile. */
#include <windows.h>
#define X __declspec(dllexport)
X BOOL WINAPI GetColorProfileFromHandle(void*p, BYTE*b, DWORD*n){ SetLastError(50); return FALSE; }
X BOOL WINAPI CloseColorProfile(void*p){ return TRUE; }
X void* WINAPI WcsCreateIccProfile(void*p, DWORD o){ SetLastError(50); return NULL; }
X void* WINAPI OpenColorProfileW(void*p, DWORD a, DWORD s, DWORD c){ SetLastError(50); return NULL; }
