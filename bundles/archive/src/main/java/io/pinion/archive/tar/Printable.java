package io.pinion.archive.tar;

/** Names of unknown origin, for a terminal: nothing in them moves its cursor. */
public final class Printable {
    private Printable() {}

    /** {@return the name, with control characters as octal numbers, as GNU tar shows them} */
    public static String of(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.FORMAT) {
                shown.append(String.format("\\%03o", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
