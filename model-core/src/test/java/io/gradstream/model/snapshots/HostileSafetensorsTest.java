package io.gradstream.model.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are torn, altered or built to do harm: each refused with what is wrong, none costs memory. */
class HostileSafetensorsTest {
    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | wanted '{', got '['",
                "{}x | wanted the end, got 'x'",
                "{}{} | wanted the end, got '{'",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]} | wanted '}', got the end",
                "{'a':7} | wanted '{', got '7'",
                "{'a':null} | wanted '{', got 'n'",
                "{'a':{}} | wanted a text, got '}'",
                "{'a':{'dtype':'F32','shape':[1]}} | a tensor must have dtype, shape and data_offsets",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'more':1}} | each once, got \"more\"",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}} | each once, got \"dtype\"",
                "{'a':{'dtype':'F32','shape':[1],'shape':[1],'data_offsets':[0,4]}} | each once, got \"shape\"",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'data_offsets':[0,4]}} | each once, got \"data_offsets\"",
                "{'a':{'dtype':'F31','shape':[1],'data_offsets':[0,4]}} | unknown dtype \"F31\", known are [BOOL, U8,",
                "{'a':{'dtype':'f32','shape':[1],'data_offsets':[0,4]}} | unknown dtype \"f32\"",
                "{'a':{'dtype':4,'shape':[1],'data_offsets':[0,4]}} | wanted a text, got '4'",
                "{'a':{'dtype':'F32','shape':1,'data_offsets':[0,4]}} | wanted '[', got '1'",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | wanted a whole number, 0 or more",
                "{'a':{'dtype':'F32','shape':[1.0],'data_offsets':[0,4]}} | wanted a whole number, 0 or more",
                "{'a':{'dtype':'F32','shape':[2147483648],'data_offsets':[0,4]}} | a number is above 2147483647",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | wanted ',', got ']'",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}} | wanted ']', got ','",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,99999999999999999999]}} | a number is above 9223372036854775807",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | lies at bytes 4 to 0 of 4 bytes of data",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,9223372036854775807]}} | of 4 bytes of data: the file is torn",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | tensor \"a\", F32 [2], lies at bytes 0 to 8 of 4 bytes of data: the file is torn",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | tensor \"a\", F32 [2], has 4 bytes of data, its shape wants 8",
                "{'a':{'dtype':'U8','shape':[65536,65536],'data_offsets':[0,4]}} | its shape wants more than can be",
                "{'a':{'dtype':'F64','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,4]}} | its shape wants more than can be",
                "{'a':{'dtype':'U8','shape':[65536,65536,65536,65536],'data_offsets':[0,0]}} | its shape wants more than can be",
                "{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | \"b\", U8 [2], starts at byte 2 of the data, behind a gap",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'b':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}} | \"b\", U8 [3], starts at byte 1 of the data, inside another tensor that ends at byte 2",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[4],'data_offsets':[0,4]}} | inside another tensor",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[1,4]}} | behind a gap",
                "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]}} | the last tensor ends at byte 3 of 4 bytes of data",
                "{} | the last tensor ends at byte 0 of 4 bytes of data",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'a':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | tensor \"a\" is there twice",
                "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]},'\\u0061':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | tensor \"a\" is there twice",
                "{'__metadata__':{},'__metadata__':{}} | __metadata__ is there twice",
                "{'__metadata__':{'a':'b','\\u0061':'c'}} | a key of __metadata__ is there twice",
                "{'__metadata__':{'a':1}} | wanted a text, got '1'",
                "{'__metadata__':{'a':null}} | wanted a text, got 'n'",
                "{'__metadata__':null} | wanted '{', got 'n'",
            })
    void whatIsWrongIsSaid(String header, String message) {
        refused(Files.of(header, 4), message);
    }

    @Test
    void tornAndForeignFilesAreRefused() {
        refused(new byte[0], "has at least 10 bytes, this has 0");
        refused(new byte[9], "has at least 10 bytes, this has 9");
        refused(Files.of(0, "{}".getBytes(StandardCharsets.UTF_8), 4), "this says 0");
        refused(Files.of(-1, "{}".getBytes(StandardCharsets.UTF_8), 4), "this says 18446744073709551615");
        refused(Files.of(100_000_001, "{}".getBytes(StandardCharsets.UTF_8), 4), "this says 100000001");
        refused(Files.of(7, "{}".getBytes(StandardCharsets.UTF_8), 4), "it has 14 bytes, its header alone 15");
        refused(Files.of(" {}", 0), "wanted '{', got the byte 32");
        refused("PK\3\4 a zip file, no tensors".getBytes(StandardCharsets.UTF_8), "no safetensors file");
        byte[] whole = Files.resource("embedding_bag_sum.safetensors");
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Safetensors.read(torn)).isInstanceOf(SnapshotException.class);
        }
        refused(Arrays.copyOf(whole, whole.length + 1), "the last tensor ends at byte 696 of 697");
    }

    @Test
    void limitsHold() {
        refused(Files.of("{'" + "a".repeat(513) + "':{}}", 0), "more than 512 bytes");
        refused(
                Files.of("{'a':{'dtype':'U8','shape':[" + "1,".repeat(40) + "1],'data_offsets':[0,1]}}", 1),
                "more than 32 dimensions");
        StringBuilder metadata = new StringBuilder("{'__metadata__':{'0':''");
        for (int i = 1; i <= 10_000; i++) {
            metadata.append(",'").append(i).append("':''");
        }
        refused(Files.of(metadata + "}}", 0), "more than 10000 entries");
    }

    /** Whatever costs memory in a header: tensors of no data, metadata, texts, spaces, nesting. */
    @Test
    void readingTakesLessThanTwiceTheFile() {
        StringBuilder tensors = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            tensors.append(i == 0 ? "" : ",").append("'" + Integer.toString(i, 36));
            tensors.append("':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}");
        }
        StringBuilder metadata = new StringBuilder("{'__metadata__':{'long':'" + "é\\n".repeat(1_000_000) + "'");
        for (int i = 1; i < 10_000; i++) {
            metadata.append(",'").append(i).append("':''");
        }
        String[] headers = {
            tensors + "}",
            metadata + "}}",
            "{" + " ".repeat(10_000_000) + "}",
            "{'a':" + "[".repeat(10_000_000),
            "{'a':{'dtype':'" + "x".repeat(10_000_000) + "'}}",
            "{'" + "x".repeat(10_000_000) + "':1}",
            "{'a':{'dtype':'U8','shape':[" + "1".repeat(10_000_000) + "]}}",
        };
        for (String header : headers) {
            byte[] file = Files.of(header, 0);
            long allocated = allocatedByReading(file);
            assertThat(allocated).as(header.substring(0, 30)).isLessThan(2L * file.length);
        }
    }

    private static long allocatedByReading(byte[] file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Safetensors.read(file);
        } catch (SnapshotException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(1000);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Whatever is changed: a file whose parts fit together, or a SnapshotException. */
    @Test
    void mutatedFilesAreReadOrRefused() throws SnapshotException {
        byte[] seed = Files.resource("written-by-python.safetensors");
        int headerEnd = 8 + (seed[0] & 0xff) + 256 * (seed[1] & 0xff);
        Random random = new Random(17);
        int readable = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] file = seed.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                int at = random.nextInt(8) == 0 ? random.nextInt(8) : random.nextInt(headerEnd);
                file[at] = (byte)
                        (random.nextBoolean()
                                ? random.nextInt(256)
                                : "0123456789[]{}\",:\\".charAt(random.nextInt(18)));
            }
            readable += fits(random.nextInt(10) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
        }
        assertThat(readable).as("some mutations leave it whole").isBetween(1_000, 60_000);
    }

    private static int fits(byte[] bytes) {
        try {
            Safetensors file = Safetensors.read(bytes);
            long sum = 0;
            for (Tensor each : file.tensors()) {
                sum += (long) each.size() * each.type().bytes();
                if (!file.has(each.name())) {
                    throw new AssertionError(each + " is not found by its name");
                }
            }
            long header = (bytes[0] & 0xff) + 256L * (bytes[1] & 0xff);
            if (sum + header + 8 != bytes.length || file.metadata().size() > 2) {
                throw new AssertionError("parts do not fit together");
            }
            return 1;
        } catch (SnapshotException refused) {
            return 0;
        }
    }
}
