package io.gradstream.connectors.records;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how an {@link Outgoing} record is serialized; no Kryo, no reflection. */
public final class OutgoingTypeInfo extends TypeInformation<Outgoing> {
    private static final long serialVersionUID = 1;

    /** The only instance needed. */
    public static final OutgoingTypeInfo INSTANCE = new OutgoingTypeInfo();

    private OutgoingTypeInfo() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<Outgoing> getTypeClass() {
        return Outgoing.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<Outgoing> createSerializer(SerializerConfig config) {
        return new OutgoingSerializer();
    }

    @Override
    public String toString() {
        return "Outgoing";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutgoingTypeInfo;
    }

    @Override
    public int hashCode() {
        return OutgoingTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof OutgoingTypeInfo;
    }

    /** Lets Flink find this type information by itself. */
    public static final class Factory extends TypeInfoFactory<Outgoing> {
        @Override
        public TypeInformation<Outgoing> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
            return INSTANCE;
        }
    }
}
