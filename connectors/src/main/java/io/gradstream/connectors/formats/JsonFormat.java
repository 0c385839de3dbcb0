package io.gradstream.connectors.formats;

/** JSON in UTF-8, one object per record. */
public record JsonFormat() implements FormatSettings {}
