package io.pinion.itests;

import java.util.List;

/** The threads of this process. */
final class Threads {
    private Threads() {}

    /** {@return those whose names begin so} */
    static List<String> named(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
