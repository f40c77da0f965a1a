package dev.moonflow.connectors.kafka;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink's type extraction about {@link RawRecord#TYPE}. */
public final class RawRecordTypeFactory extends TypeInfoFactory<RawRecord> {
  @Override
  public TypeInformation<RawRecord> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return RawRecord.TYPE;
  }
}
