package io.pinion.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of mt(1) for what has another here: who knows them need not learn. */
final class MtWords {
    private static final String NUMBER = "N";
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("fsf", List.of("forward", NUMBER, "marks")),
            Map.entry("fsr", List.of("forward", NUMBER, "records")),
            Map.entry("bsf", List.of("back", NUMBER, "marks")),
            Map.entry("bsr", List.of("back", NUMBER, "records")),
            Map.entry("weof", List.of("mark", NUMBER)),
            Map.entry("eof", List.of("mark", NUMBER)),
            Map.entry("eod", List.of("end")),
            Map.entry("eom", List.of("end")),
            Map.entry("seod", List.of("end")),
            Map.entry("seek", List.of("locate", NUMBER)),
            Map.entry("offline", List.of("unload")),
            Map.entry("rewoffl", List.of("unload")),
            Map.entry("eject", List.of("unload")),
            Map.entry("setblk", List.of("block-size", NUMBER)),
            Map.entry("setdensity", List.of("density", NUMBER)));

    private MtWords() {}

    /** {@return the operation and its operands in words of ours} As in mt(1), a number that is left out is 1. */
    static List<String> translated(List<String> words) {
        List<String> meant = WORDS.get(words.get(0));
        if (meant == null) {
            return words;
        }
        List<String> translated = new ArrayList<>();
        int taken = 1;
        for (String word : meant) {
            boolean number = word.equals(NUMBER);
            translated.add(number && words.size() > 1 ? words.get(1) : number ? "1" : word);
            taken += number && words.size() > 1 ? 1 : 0;
        }
        translated.addAll(words.subList(taken, words.size()));
        return translated;
    }
}
