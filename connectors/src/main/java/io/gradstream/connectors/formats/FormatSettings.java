package io.gradstream.connectors.formats;

import java.io.Serializable;

/** How the bytes of a topic or file are to be read. */
public sealed interface FormatSettings extends Serializable permits AvroFormat, JsonFormat, CsvFormat {}
