package dev.moonflow.jobs.ingest;

import dev.moonflow.connectors.kafka.CodecTypeInformation;
import dev.moonflow.connectors.kafka.OutputRecord;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What a document is taken apart into. */
@TypeInfo(DocumentPartTypeFactory.class)
public sealed interface DocumentPart {
  /** How Flink moves and stores it. */
  TypeInformation<DocumentPart> TYPE =
      new CodecTypeInformation<>(DocumentPart.class, DocumentPartSerializer.INSTANCE);

  /** A page, a page's sheet or a line. */
  record Request(PerceptionRequest request) implements DocumentPart {
    public Request {
      Objects.requireNonNull(request, "request");
    }
  }

  /** The dead letter of a page or of the whole document. */
  record Letter(OutputRecord record) implements DocumentPart {
    public Letter {
      Objects.requireNonNull(record, "record");
    }
  }
}
