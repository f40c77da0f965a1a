package dev.moonflow.connectors.registry.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A compatibility level: which earlier versions a new schema is held to, and in which direction.
 */
enum CompatibilityRule {
  /** Anything goes. */
  NONE(false, false, false),
  /** The new schema reads data of the latest version. */
  BACKWARD(true, false, false),
  /** The new schema reads data of every version. */
  BACKWARD_TRANSITIVE(true, false, true),
  /** The latest version reads data of the new schema. */
  FORWARD(false, true, false),
  /** Every version reads data of the new schema. */
  FORWARD_TRANSITIVE(false, true, true),
  /** Both directions with the latest version. */
  FULL(true, true, false),
  /** Both directions with every version. */
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean everyVersion;

  CompatibilityRule(boolean newReadsOld, boolean oldReadsNew, boolean everyVersion) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.everyVersion = everyVersion;
  }

  static CompatibilityRule parse(String name) throws RegistryError {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw RegistryError.invalidLevel(name);
    }
  }

  /**
   * What speaks against {@code candidate} after {@code versions}, oldest first; empty if nothing.
   */
  List<String> objections(Schema candidate, List<Schema> versions) {
    int from = everyVersion ? 0 : Math.max(0, versions.size() - 1);
    List<String> objections = new ArrayList<>();
    for (int i = from; i < versions.size(); i++) {
      if (newReadsOld) {
        collect(candidate, versions.get(i), "reads version " + (i + 1), objections);
      }
      if (oldReadsNew) {
        collect(versions.get(i), candidate, "is read by version " + (i + 1), objections);
      }
    }
    return objections;
  }

  private void collect(Schema reader, Schema writer, String relation, List<String> objections) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
      result
          .getIncompatibilities()
          .forEach(
              each ->
                  objections.add(
                      name()
                          + " demands that the new schema "
                          + relation
                          + ", but: "
                          + each.getType()
                          + " at "
                          + each.getLocation()
                          + " ("
                          + each.getMessage()
                          + ")"));
    }
  }
}
