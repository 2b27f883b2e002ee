package io.pinion.linux.libc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@link ForeignSyscall} needs of java.lang.foreign (JEP 454), looked up by name: the sources are compiled for Java 17,
 * which lacks it. The method handles that it gives take a MemorySegment as an Object. Each method throws a LinkageError where
 * this Java's is not as expected.
 */
final class ForeignLinker {
    /** Before, it was a preview, and another. */
    private static final int FINAL_SINCE = 22;

    private static final String ERRNO = "errno";

    /** The number of the call and six arguments, which is all that the kernel takes. */
    private static final int WORDS = 7;

    private final Class<?> linker = type("Linker");
    private final Class<?> layout = type("MemoryLayout");
    private final Class<?> option = type("Linker$Option");
    private final Class<?> segment = type("MemorySegment");

    /** Where a call leaves errno: a struct. */
    private final Object state = call(ofType(option, "captureStateLayout", type("StructLayout")));

    /**
     * {@return why it is not to be used; empty if it is} Where native access is not enabled the JVM would warn of it. Java 24
     * and newer warn of JNA already, and enable it by that.
     *
     * @param feature the version of Java
     * @param user whose use it is
     */
    static String refusal(int feature, Module user) {
        if (feature < FINAL_SINCE) {
            return "Java " + feature + " has no java.lang.foreign, " + FINAL_SINCE + " has";
        }
        boolean enabled = (boolean) call(on(Module.class, "isNativeAccessEnabled", boolean.class), user);
        return enabled ? "" : "native access is not enabled, see --enable-native-access=ALL-UNNAMED";
    }

    /** {@return (state, number, six arguments)long, which is syscall(2) of the C library} It leaves errno in the state. */
    MethodHandle syscall() {
        Object word = field(type("ValueLayout"), "JAVA_LONG");
        Object[] words = array(layout, WORDS);
        Arrays.fill(words, word);
        Class<?> descriptor = type("FunctionDescriptor");
        Object signature = call(ofType(descriptor, "of", descriptor, layout, words.getClass()), word, words);
        Object[] options = array(option, 2);
        options[0] = call(ofType(option, "captureCallState", option, String[].class), (Object) new String[] {ERRNO});
        options[1] = call(ofType(option, "firstVariadicArg", option, int.class), 1);
        MethodHandle handle = (MethodHandle) call(
                on(linker, "downcallHandle", MethodHandle.class, segment, descriptor, options.getClass()),
                nativeLinker(),
                symbol("syscall"),
                signature,
                options);
        return handle.asType(handle.type().changeParameterType(0, Object.class));
    }

    private Object nativeLinker() {
        return call(ofType(linker, "nativeLinker", linker));
    }

    /** {@return where the function is} Looked up in the process, so that any C library will do. */
    private Object symbol(String name) {
        Class<?> lookup = type("SymbolLookup");
        Object all = call(on(linker, "defaultLookup", lookup), nativeLinker());
        Optional<?> found = (Optional<?>) call(on(lookup, "find", Optional.class, String.class), all, name);
        return found.orElseThrow(() -> new LinkageError("the C library has no " + name));
    }

    /** {@return ()Object, which makes a state: memory that goes when it is unreachable} */
    MethodHandle newState() {
        Class<?> arena = type("Arena");
        MethodHandle allocate = MethodHandles.insertArguments(on(arena, "allocate", segment, layout), 1, state);
        return MethodHandles.filterReturnValue(ofType(arena, "ofAuto", arena), allocate)
                .asType(MethodType.methodType(Object.class));
    }

    /** {@return (state)int, which is the errno that a call has left} */
    MethodHandle errno() {
        Class<?> element = type("MemoryLayout$PathElement");
        Object[] path = array(element, 1);
        path[0] = call(ofType(element, "groupElement", element, String.class), ERRNO);
        VarHandle number = (VarHandle) call(on(layout, "varHandle", VarHandle.class, path.getClass()), state, path);
        return MethodHandles.insertArguments(number.toMethodHandle(VarHandle.AccessMode.GET), 1, 0L)
                .asType(MethodType.methodType(int.class, Object.class));
    }

    /** {@return (ByteBuffer)long, which is where a direct buffer's position is} */
    MethodHandle address() {
        return MethodHandles.filterReturnValue(
                        ofType(segment, "ofBuffer", segment, Buffer.class), on(segment, "address", long.class))
                .asType(MethodType.methodType(long.class, ByteBuffer.class));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("java.lang.foreign." + name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError("no java.lang.foreign." + name, e);
        }
    }

    private static Object[] array(Class<?> of, int length) {
        return (Object[]) Array.newInstance(of, length);
    }

    private static Object field(Class<?> of, String name) {
        try {
            return of.getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + name + " in " + of, e);
        }
    }

    /** {@return a static method} */
    private static MethodHandle ofType(Class<?> of, String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findStatic(of, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + name + " in " + of, e);
        }
    }

    /** {@return an instance's method} Not by publicLookup: whether it may be called depends on who calls. */
    private static MethodHandle on(Class<?> of, String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().findVirtual(of, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no " + name + " in " + of, e);
        }
    }

    private static Object call(MethodHandle method, Object... arguments) {
        try {
            return method.asFixedArity().invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new LinkageError("java.lang.foreign refuses: " + e, e);
        }
    }
}
