package io.pinion.linux.libc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Collections;

/**
 * syscall(2) of the C library, called by java.lang.foreign where this Java has it: the compiler makes a call of it with
 * nothing in between. One function does for all calls, and costs no more than pread and the like.
 *
 * <p>java.lang.foreign makes memory segments for each call, which are not allocated where the compiler inlines all that is done
 * with them. It does so down to a depth that is counted from the outermost caller (MaxInlineLevel, 15), and some callers are
 * deep. So what makes segments is compiled by itself: it is called by handles that the compiler does not see through.
 *
 * <p>To be used when JNA's library has been loaded: see {@link ForeignLinker#refusal}. What is called is never unloaded, and
 * nothing outside of this class leads to it: the memory that a thread keeps for its errno is the JDK's own.
 */
final class ForeignSyscall {
    /** Why there is none; empty where there is. */
    static final String REFUSAL;

    /** Whether there is one; nothing else here may be called otherwise. */
    static final boolean IS_HAD;

    /** {@link #address} knows this much of an address. */
    static final int ADDRESSABLE = 1 << 30;

    // Fields that are static and final, for the compiler to see through them.
    private static final MethodHandle SYSCALL;
    private static final MethodHandle ERRNO;
    private static final MethodHandle ADDRESS;
    private static final MethodHandle NEW_STATE;

    // Not final: the compiler sees through a handle that is.
    private static MethodHandle callApart =
            own("callHere", MethodType.methodType(long.class, Collections.nCopies(7, long.class)));
    private static MethodHandle transferApart = own(
            "transferHere",
            MethodType.methodType(
                    long.class, long.class, int.class, ByteBuffer.class, int.class, int.class, long.class));
    private static MethodHandle addressApart = own("addressHere", MethodType.methodType(long.class, ByteBuffer.class));

    private static final ThreadLocal<Object> STATE = ThreadLocal.withInitial(ForeignSyscall::newState);

    static {
        MethodHandle syscall = null;
        MethodHandle errno = null;
        MethodHandle address = null;
        MethodHandle newState = null;
        String refusal;
        try {
            refusal = ForeignLinker.refusal(Runtime.version().feature(), ForeignSyscall.class.getModule());
            if (refusal.isEmpty()) {
                ForeignLinker linker = new ForeignLinker();
                syscall = linker.syscall();
                errno = linker.errno();
                address = linker.address();
                newState = linker.newState();
            }
        } catch (LinkageError e) {
            refusal = e.toString();
        }
        REFUSAL = refusal;
        IS_HAD = refusal.isEmpty();
        SYSCALL = syscall;
        ERRNO = errno;
        ADDRESS = address;
        NEW_STATE = newState;
    }

    private ForeignSyscall() {}

    private static MethodHandle own(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(ForeignSyscall.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + name, e);
        }
    }

    /** {@return what the kernel does: {@code -errno} if it fails} */
    static long call(long number, long first, long second, long third, long fourth, long fifth, long sixth) {
        try {
            return (long) callApart.invokeExact(number, first, second, third, fourth, fifth, sixth);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * {@return what pread64(2) or pwrite64(2) does: {@code -errno} if it fails}
     *
     * @param number of the call
     * @param buffer direct, of less than {@link #ADDRESSABLE} bytes, which has {@code length} from {@code index} on
     */
    static long transfer(long number, int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        try {
            return (long) transferApart.invokeExact(number, descriptor, buffer, index, length, offset);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * {@return where a direct buffer's index 0 is}
     *
     * @param buffer of less than {@link #ADDRESSABLE} bytes
     */
    static long address(ByteBuffer buffer) {
        try {
            return (long) addressApart.invokeExact(buffer);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static long callHere(
            long number, long first, long second, long third, long fourth, long fifth, long sixth) {
        try {
            Object state = STATE.get();
            long returned = (long) SYSCALL.invokeExact(state, number, first, second, third, fourth, fifth, sixth);
            return returned == -1 ? -(int) ERRNO.invokeExact(state) : returned;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static long transferHere(
            long number, int descriptor, ByteBuffer buffer, int index, int length, long offset) {
        long result = callHere(number, descriptor, addressHere(buffer) + index, length, offset, 0, 0);
        Reference.reachabilityFence(buffer);
        return result;
    }

    /**
     * Of a duplicate of the buffer there would be one more thing to allocate. A segment begins at the buffer's position, which
     * another thread may change: how far that is from index 0 is told by what is known of the address of that.
     */
    private static long addressHere(ByteBuffer buffer) {
        long atPosition;
        try {
            atPosition = (long) ADDRESS.invokeExact(buffer);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return atPosition - (atPosition - buffer.alignmentOffset(0, ADDRESSABLE) & ADDRESSABLE - 1);
    }

    private static Object newState() {
        try {
            return NEW_STATE.invokeExact();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** None of the methods declares an exception: what comes is unchecked, such as that there is no memory. */
    private static Error unexpected(Throwable e) {
        if (e instanceof RuntimeException exception) {
            throw exception;
        }
        return e instanceof Error error ? error : new AssertionError(e);
    }
}
