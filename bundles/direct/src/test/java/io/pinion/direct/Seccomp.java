package io.pinion.direct;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.pinion.linux.Errno;

/**
 * A filter that has the kernel refuse a system call to this process, as the profiles of containers do (seccomp(2)). It
 * stays for good, and takes no privilege: for a JVM of its own.
 */
final class Seccomp {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int SECCOMP = ARM ? 277 : 317;
    private static final int SET_MODE_FILTER = 1;
    private static final int ALL_THREADS = 1;
    private static final int NO_NEW_PRIVILEGES = 38;
    private static final short LOAD_WORD = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short RETURN = 0x06;
    private static final int ALLOW = 0x7fff_0000;
    private static final int FAIL = 0x0005_0000;

    /** System calls by their numbers. */
    enum Call {
        /** On every architecture the same, as all since Linux 5.1. */
        IO_URING_SETUP(425, 425),
        IO_URING_ENTER(426, 426),
        IO_URING_REGISTER(427, 427),
        /** What pins. */
        MLOCK(149, 228);

        private final int number;

        Call(int onIntel, int onArm) {
            number = ARM ? onArm : onIntel;
        }
    }

    private Seccomp() {}

    /** Has a call fail with this error from now on, on every thread there is. */
    static void refuse(Call call, Errno errno) {
        prctl(NO_NEW_PRIVILEGES, 1);
        Memory filter = new Memory(4 * Long.BYTES);
        instruction(filter, 0, LOAD_WORD, 0, 0, 0);
        instruction(filter, 1, JUMP_IF_EQUAL, 0, 1, call.number);
        instruction(filter, 2, RETURN, 0, 0, FAIL | errno.number());
        instruction(filter, 3, RETURN, 0, 0, ALLOW);
        // A struct sock_fprog.
        Memory program = new Memory(2 * Long.BYTES);
        program.setLong(0, 0);
        program.setShort(0, (short) 4);
        program.setPointer(Long.BYTES, filter);
        check("seccomp", Function.getFunction("c", "syscall").invokeLong(new Object[] {
            (long) SECCOMP, (long) SET_MODE_FILTER, (long) ALL_THREADS, program
        }));
    }

    /** A struct sock_filter. */
    private static void instruction(Memory filter, int index, short code, int ifTrue, int ifFalse, int value) {
        long at = (long) index * Long.BYTES;
        filter.setShort(at, code);
        filter.setByte(at + 2, (byte) ifTrue);
        filter.setByte(at + 3, (byte) ifFalse);
        filter.setInt(at + 4, value);
    }

    /** Calls prctl(2). */
    static void prctl(int option, long value) {
        Object[] arguments = {option, value, 0L, 0L, 0L};
        check("prctl", Function.getFunction("c", "prctl").invokeInt(arguments));
    }

    private static void check(String call, long result) {
        if (result != 0) {
            throw new IllegalStateException(call + " gave " + result + ": " + Errno.text(Native.getLastError()));
        }
    }
}
