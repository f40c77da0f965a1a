package dev.moonflow.jobs.ingest;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink's type extraction about {@link PerceptionRequest#TYPE}. */
public final class PerceptionRequestTypeFactory extends TypeInfoFactory<PerceptionRequest> {
  @Override
  public TypeInformation<PerceptionRequest> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return PerceptionRequest.TYPE;
  }
}
