package io.gradstream.pipeline.config;

import io.gradstream.model.spec.SpecReference;
import io.gradstream.model.spec.SpecReference.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** docs/configuration.md, made from the records that read a pipeline file. */
final class ConfigurationPage {
    private static final String TOP = """
            # Configuration

            Every key of a pipeline file, made from the code that reads it. A key that is unknown, given twice, of the wrong type or out of range is
            refused in one line that names the file, the line and the key. Durations are written `500ms`, `10s`, `5m`, `2h`, `2d`.
            Numbers are plain decimal digits: `010`, which YAML reads as 8, `0x10` and `1_0` are refused; where they are text, put them in quotes.
            Where a list of numbers or texts is wanted, one alone stands for a list of it.
            `${ENV:NAME}` and `${FILE:path}` in a value stand for an environment variable and a file's text: for secrets. `gradstream validate`
            finds all that can be wrong before anything starts.

            Where a key takes one of several kinds, the kind's name alone (`optimizer: adam`) means that kind with its defaults; with settings it is
            written `{type: adam, learning-rate: 0.01}`, or with the key shown. Features and formats have a short form: the kind is the key, as in
            `{log: distance}` and `{avro: flight.avsc}`.

            """;

    private final StringBuilder text = new StringBuilder(TOP);
    /** Sections inside the settings of kinds, which come behind all the kinds. */
    private final Deque<Entry> later = new ArrayDeque<>();
    /** Paths and what is inside them: what several kinds have is told once. */
    private final Set<List<Object>> told = new HashSet<>();

    private ConfigurationPage() {}

    static String text() {
        ConfigurationPage page = new ConfigurationPage();
        List<Entry> entries = SpecReference.of(PipelineSpec.class);
        page.table(entries);
        entries.forEach(page::section);
        return page.text.toString().stripTrailing() + "\n";
    }

    private void section(Entry entry) {
        if (entry.children().isEmpty()) {
            return;
        }
        text.append("## `").append(entry.path()).append("`\n\n");
        inside(entry);
        while (!later.isEmpty()) {
            Entry next = later.remove();
            if (told.add(List.of(next.path(), next.children()))) {
                nested(next);
            }
        }
    }

    private void inside(Entry entry) {
        List<Entry> plain =
                entry.children().stream().filter(each -> each.kind().isEmpty()).toList();
        if (!plain.isEmpty()) {
            table(plain);
            plain.stream().filter(each -> !each.children().isEmpty()).forEach(this::nested);
        }
        entry.children().stream().filter(each -> !each.kind().isEmpty()).forEach(this::kind);
    }

    private void nested(Entry entry) {
        text.append("### `").append(entry.path()).append("`\n\n");
        inside(entry);
    }

    private void kind(Entry entry) {
        text.append("**`")
                .append(entry.kind())
                .append("`** ")
                .append(entry.doc())
                .append("\n\n");
        List<Entry> settings =
                entry.children().stream().filter(each -> each.kind().isEmpty()).toList();
        if (!settings.isEmpty()) {
            table(settings);
        }
        settings.stream().filter(each -> !each.children().isEmpty()).forEach(later::add);
    }

    private void table(List<Entry> entries) {
        text.append("| key | takes | default | |\n|---|---|---|---|\n");
        for (Entry entry : entries) {
            String key = entry.path().substring(entry.path().lastIndexOf('.') + 1);
            String otherwise =
                    entry.required() ? "*required*" : entry.defaultText().isEmpty() ? "" : code(entry.defaultText());
            text.append("| `")
                    .append(key)
                    .append("` | ")
                    .append(cell(entry.type()))
                    .append(" | ")
                    .append(otherwise)
                    .append(" | ")
                    .append(cell(entry.doc()))
                    .append(" |\n");
        }
        text.append('\n');
    }

    private static String code(String value) {
        return "`" + value.replace("|", "\\|") + "`";
    }

    private static String cell(String value) {
        return value.replace("|", "\\|");
    }
}
