package io.gradstream.pipeline.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradstream.pipeline.features.BadExampleException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each reason of a dead letter stands in docs/output-records.md, and no other. */
class ReasonsPageTest {

    @Test
    void eachIsDescribed() throws Exception {
        List<String> reasons = new ArrayList<>();
        for (Class<?> codes : List.of(Reasons.class, BadExampleException.class)) {
            for (Field field : codes.getFields()) {
                reasons.add((String) field.get(null));
            }
        }
        String page = Files.readString(Path.of("..", "docs", "output-records.md"));
        String table =
                page.substring(page.indexOf("| reason | what came |"), page.indexOf("`DeadLetterRecords` reads"));
        List<String> described = Pattern.compile("`([a-z0-9-]+)`(?=[^|]*\\|[^|]*\\|\n)")
                .matcher(table)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(described).containsExactlyInAnyOrderElementsOf(reasons);
    }
}
