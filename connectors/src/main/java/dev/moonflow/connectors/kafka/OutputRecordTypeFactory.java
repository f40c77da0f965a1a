package dev.moonflow.connectors.kafka;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink's type extraction about {@link OutputRecord#TYPE}. */
public final class OutputRecordTypeFactory extends TypeInfoFactory<OutputRecord> {
  @Override
  public TypeInformation<OutputRecord> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return OutputRecord.TYPE;
  }
}
