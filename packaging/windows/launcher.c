/* Starts Screener: loads runtime\python311.dll beside it and runs the package `ui` with the words it
   was given. Built twice: Screener.exe has no console; screener.com (-DCONSOLE) is for the command
   line, where the shell waits for it and shows what it prints. */
#define UNICODE
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define LONGEST 32768
typedef int (*PyMain)(int, wchar_t **);

int _dowildcard = 0; /* "*.ris" is the program's to expand, as under python.exe */

static wchar_t here[LONGEST], place[LONGEST];

static const wchar_t *beside(const wchar_t *name)
{
    if (wcslen(here) + wcslen(name) + 2 > LONGEST)
        return L"";
    wcscpy(place, here);
    wcscat(place, L"\\");
    return wcscat(place, name);
}

static int damaged(void)
{
    static const wchar_t said[] = L"Files of Screener are missing. Install it again; your reviews are not touched.";
#ifdef CONSOLE
    fputws(said, stderr);
    fputws(L"\n", stderr);
#else
    MessageBoxW(NULL, said, L"Screener", MB_ICONERROR);
#endif
    return 1;
}

static int start(int count, wchar_t **words)
{
    DWORD length = GetModuleFileNameW(NULL, here, LONGEST);
    wchar_t *end = wcsrchr(here, L'\\');
    if (length == 0 || length >= LONGEST || !end)
        return damaged();
    *end = 0;
    /* In the portable folder settings stay beside the program, unless somebody says where they are. */
    if (GetFileAttributesW(beside(L"portable.txt")) != INVALID_FILE_ATTRIBUTES
        && GetEnvironmentVariableW(L"SCREENER_HOME", NULL, 0) == 0)
        SetEnvironmentVariableW(L"SCREENER_HOME", beside(L"Settings"));
    HMODULE python = LoadLibraryExW(beside(L"runtime\\python311.dll"), NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    PyMain run = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **all = calloc((size_t)count + 6, sizeof *all);
    if (!run || !all)
        return damaged();
    /* Isolated from other Pythons; nothing is written beside the code, which is compiled already. */
    wchar_t *first[] = {words[0], L"-I", L"-B", L"-m", L"ui"};
    memcpy(all, first, sizeof first);
    memcpy(all + 5, words + 1, (size_t)(count > 0 ? count - 1 : 0) * sizeof *all);
    return run(count + 4, all);
}

#ifdef CONSOLE
int wmain(int count, wchar_t **words)
{
    return start(count, words);
}
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return start(__argc, __wargv);
}
#endif
