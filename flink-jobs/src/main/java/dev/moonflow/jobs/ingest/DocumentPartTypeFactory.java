package dev.moonflow.jobs.ingest;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Tells Flink's type extraction about {@link DocumentPart#TYPE}. */
public final class DocumentPartTypeFactory extends TypeInfoFactory<DocumentPart> {
  @Override
  public TypeInformation<DocumentPart> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return DocumentPart.TYPE;
  }
}
