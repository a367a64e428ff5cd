/* Loaded before the C library (LD_PRELOAD) by run.py: what changes files under one folder is
 * counted, can fail or end the process at the k-th time, and can be recorded; the clock can be wrong.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum how { NOTHING, KILL, FAIL_ONCE, FULL };

static char under[4096];
static size_t under_length;
static long count, at;
static int how, with_errno, record = -1;
static long long clock_offset;

static void say(char op, uint64_t ino, int64_t offset, const void *data, uint32_t length) {
    if (record < 0) return;
    struct __attribute__((packed)) { char op; uint64_t ino; int64_t offset; uint32_t length; } head = {op, ino, offset, length};
    int kept = errno;
    syscall(SYS_write, record, &head, sizeof head);
    for (uint32_t done = 0; done < length;) {
        long n = syscall(SYS_write, record, (const char *)data + done, length - done);
        if (n <= 0) break;
        done += n;
    }
    errno = kept;
}

void faults_arm(const char *folder, int what, long k, int error, int recording) {
    strncpy(under, folder, sizeof under - 1);
    under_length = strlen(under);
    count = 0; at = k; how = what; with_errno = error; record = recording;
}
void faults_disarm(void) { under_length = 0; how = NOTHING; record = -1; }
long faults_count(void) { return count; }
void faults_clock(long long seconds) { clock_offset = seconds; }
void faults_mark(const char *text) { say('A', 0, 0, text, strlen(text)); }

static int ours(const char *path) { return under_length && path && !strncmp(path, under, under_length); }
static int ours_fd(int fd, struct stat *found) {
    char name[64], path[4096];
    if (!under_length || fd == record) return 0;
    int kept = errno;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(name, path, sizeof path - 1);
    int yes = n > 0 && (path[n] = 0, ours(path)) && !fstat(fd, found) &&
              (S_ISREG(found->st_mode) || S_ISDIR(found->st_mode));
    errno = kept;
    return yes;
}
/* One more that changes something; non-zero when it has to fail, with errno set. */
static int turn(int grows) {
    count++;
    if (how == KILL && count == at) syscall(SYS_kill, getpid(), SIGKILL);
    if ((how == FAIL_ONCE && count == at) || (how == FULL && count >= at && grows)) {
        errno = with_errno;
        return 1;
    }
    return 0;
}

#define REAL(result, name, ...) static result (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, write, int, const void *, size_t);
    struct stat found;
    if (!ours_fd(fd, &found)) return real(fd, data, length);
    int append = fcntl(fd, F_GETFL) & O_APPEND;
    off_t offset = append ? found.st_size : lseek(fd, 0, SEEK_CUR);
    if (turn(offset + (off_t)length > found.st_size)) return -1;
    ssize_t done = real(fd, data, length);
    if (done > 0) say('W', found.st_ino, offset, data, done);
    return done;
}
static ssize_t put(ssize_t (*real)(int, const void *, size_t, off64_t), int fd, const void *data, size_t length, off64_t offset) {
    struct stat found;
    if (!ours_fd(fd, &found)) return real(fd, data, length, offset);
    if (turn(offset + (off_t)length > found.st_size)) return -1;
    ssize_t done = real(fd, data, length, offset);
    if (done > 0) say('W', found.st_ino, offset, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off64_t);
    return put(real, fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return put(real, fd, data, length, offset);
}
static int cut(int (*real)(int, off64_t), int fd, off64_t size) {
    struct stat found;
    if (!ours_fd(fd, &found)) return real(fd, size);
    if (turn(size > found.st_size)) return -1;
    int result = real(fd, size);
    if (!result) say('T', found.st_ino, size, "", 0);
    return result;
}
int ftruncate(int fd, off_t size) { REAL(int, ftruncate, int, off64_t); return cut(real, fd, size); }
int ftruncate64(int fd, off64_t size) { REAL(int, ftruncate64, int, off64_t); return cut(real, fd, size); }
static int flush(int (*real)(int), int fd) {
    struct stat found;
    (void)real;  /* No trial cuts the power of this computer, so that nobody waits for its drive. */
    if (!ours_fd(fd, &found)) return 0;
    if (turn(0)) return -1;
    say(S_ISDIR(found.st_mode) ? 'D' : 'S', found.st_ino, 0, "", 0);
    return 0;
}
int fsync(int fd) { REAL(int, fsync, int); return flush(real, fd); }
int fdatasync(int fd) { REAL(int, fdatasync, int); return flush(real, fd); }

static void two(char op, const char *a, const char *b) {
    char both[8192];
    int n = snprintf(both, sizeof both, "%s%c%s", a, 0, b);
    say(op, 0, 0, both, n);
}
int unlink(const char *path) {
    REAL(int, unlink, const char *);
    if (!ours(path)) return real(path);
    if (turn(0)) return -1;
    int result = real(path);
    if (!result) two('U', path, "");
    return result;
}
int rename(const char *a, const char *b) {
    REAL(int, rename, const char *, const char *);
    if (!ours(a) && !ours(b)) return real(a, b);
    if (turn(0)) return -1;
    int result = real(a, b);
    if (!result) two('R', a, b);
    return result;
}
int link(const char *a, const char *b) {
    REAL(int, link, const char *, const char *);
    if (!ours(a) && !ours(b)) return real(a, b);
    if (turn(1)) return -1;
    int result = real(a, b);
    if (!result) two('L', a, b);
    return result;
}
static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags, mode_t mode) {
    int makes = ours(path) && (flags & (O_CREAT | O_TRUNC)) && !((flags & O_TMPFILE) == O_TMPFILE);
    struct stat found;
    if (!makes) return real(folder, path, flags, mode);
    int was = !stat(path, &found);
    if (was && !(flags & O_TRUNC)) return real(folder, path, flags, mode);
    if (turn(!was)) return -1;
    int fd = real(folder, path, flags, mode);
    if (fd >= 0 && !fstat(fd, &found)) {
        if (!was) say('C', found.st_ino, 0, path, strlen(path));
        else say('T', found.st_ino, 0, "", 0);
    }
    return fd;
}
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE REAL(int, openat, int, const char *, int, ...); return opened(real, AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE REAL(int, openat64, int, const char *, int, ...); return opened(real, AT_FDCWD, path, flags, mode); }

/* Copying goes through `write`, which is seen. */
ssize_t sendfile(int out, int in, off_t *offset, size_t n) { (void)out; (void)in; (void)offset; (void)n; errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int out, int in, off64_t *offset, size_t n) { (void)out; (void)in; (void)offset; (void)n; errno = ENOTSOCK; return -1; }

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = syscall(SYS_clock_gettime, clock, now);
    if (!result && clock == CLOCK_REALTIME) now->tv_sec += clock_offset;
    return result;
}
time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &found);
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}
