package io.gradstream.benchmarks.formats;

import io.gradstream.connectors.formats.AvroFormat;
import io.gradstream.connectors.formats.CsvFormat;
import io.gradstream.connectors.formats.Field;
import io.gradstream.connectors.formats.FieldType;
import io.gradstream.connectors.formats.FieldValues;
import io.gradstream.connectors.formats.FormatException;
import io.gradstream.connectors.formats.FormatSettings;
import io.gradstream.connectors.formats.Formats;
import io.gradstream.connectors.formats.JsonFormat;
import io.gradstream.connectors.formats.RecordDecoder;
import io.gradstream.connectors.formats.UndecodableException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Decodes records of 40 numbers, and flights, in every format; more than a thousand different ones in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {

    /** Which records. */
    @Param({"AVRO_40_FLOATS", "AVRO_40_OPTIONAL_FLOATS", "AVRO_FLIGHT", "JSON_40_NUMBERS", "JSON_FLIGHT", "CSV_FLIGHT"})
    public Sample sample;

    private RecordDecoder decoder;
    private FieldValues values;
    private byte[][] records;
    private int next;

    /** A kind of record. */
    public enum Sample {
        AVRO_40_FLOATS(new AvroFormat(SampleRecords.schemaOf40("\"float\""), AvroFormat.Framing.NONE), numbers()),
        AVRO_40_OPTIONAL_FLOATS(
                new AvroFormat(SampleRecords.schemaOf40("[\"null\", \"float\"]"), AvroFormat.Framing.NONE), numbers()),
        AVRO_FLIGHT(new AvroFormat(SampleRecords.FLIGHT, AvroFormat.Framing.NONE), flight()),
        JSON_40_NUMBERS(new JsonFormat(), numbers()),
        JSON_FLIGHT(new JsonFormat(), flight()),
        CSV_FLIGHT(new CsvFormat(List.of("flight", "dep_time", "origin", "destination", "distance_mi")), flight());

        private final FormatSettings format;
        private final List<Field> used;

        Sample(FormatSettings format, List<Field> used) {
            this.format = format;
            this.used = used;
        }

        private static List<Field> numbers() {
            return SampleRecords.NAMES_OF_40.stream()
                    .map(name -> new Field(name, FieldType.NUMBER))
                    .toList();
        }

        private static List<Field> flight() {
            return List.of(
                    new Field("flight", FieldType.TEXT),
                    new Field("dep_time", FieldType.TIME),
                    new Field("origin", FieldType.TEXT),
                    new Field("destination", FieldType.TEXT),
                    new Field("distance_mi", FieldType.NUMBER));
        }
    }

    /** Makes the records and the decoder. */
    @Setup
    public void setUp() throws FormatException {
        decoder = Formats.decoder(sample.format, sample.used);
        values = new FieldValues(sample.used.size());
        records = new SampleRecords(1).of(sample, 1024);
    }

    /** One record. */
    @Benchmark
    public FieldValues decode() throws UndecodableException {
        byte[] record = records[next++ & 1023];
        decoder.decode(record, 0, record.length, values);
        return values;
    }
}
