package dev.moonflow.connectors.registry.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Subjects, their versions and the schemas' ids, in memory and, where asked for, in a journal. One
 * lock for everything: two first registrations of a subject at the same moment give one version and
 * the same id to both.
 */
public final class SchemaStore {
  /** A schema as one version of a subject. */
  record Version(String subject, int version, int id, Schema schema) {}

  private final TreeMap<String, List<Version>> subjects = new TreeMap<>();
  private final List<Schema> byId = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, CompatibilityRule> rules = new HashMap<>();
  private CompatibilityRule globalRule = CompatibilityRule.BACKWARD;
  private SchemaJournal journal = SchemaJournal.NONE;

  /** A store with what a journal holds, which writes there what is registered from now on. */
  public static SchemaStore journaled(Path file) throws IOException {
    SchemaStore store = new SchemaStore();
    for (SchemaJournal.Entry entry : SchemaJournal.read(file)) {
      try {
        store.register(entry.subject(), entry.schema());
      } catch (RegistryError e) {
        throw new IOException(file + " does not fit together: " + e.getMessage(), e);
      }
    }
    store.journal = SchemaJournal.to(file);
    return store;
  }

  synchronized Version register(String subject, String text) throws RegistryError {
    Schema schema = parse(text);
    List<Version> versions = subjects.getOrDefault(subject, List.of());
    for (Version version : versions) {
      if (version.schema().toString().equals(schema.toString())) {
        return version;
      }
    }
    List<String> objections = rule(subject).objections(schema, schemas(versions));
    if (!objections.isEmpty()) {
      throw RegistryError.incompatible(subject, String.join("; ", objections));
    }
    journal.append(new SchemaJournal.Entry(subject, schema.toString()));
    Version added = new Version(subject, versions.size() + 1, idOf(schema), schema);
    subjects.computeIfAbsent(subject, unused -> new ArrayList<>()).add(added);
    return added;
  }

  synchronized Version lookUp(String subject, String text) throws RegistryError {
    Schema schema = parse(text);
    for (Version version : versionsOf(subject)) {
      if (version.schema().toString().equals(schema.toString())) {
        return version;
      }
    }
    throw RegistryError.schemaNotFound("of " + schema.getFullName() + " in " + subject);
  }

  synchronized Schema byId(String id) throws RegistryError {
    int number = parseId(id);
    if (number < 1 || number > byId.size()) {
      throw RegistryError.schemaNotFound(id);
    }
    return byId.get(number - 1);
  }

  synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  synchronized List<Integer> versions(String subject) throws RegistryError {
    return versionsOf(subject).stream().map(Version::version).toList();
  }

  synchronized Version version(String subject, String version) throws RegistryError {
    List<Version> versions = versionsOf(subject);
    return versions.get(indexOf(version, versions.size()));
  }

  /**
   * Objections against a schema under the subject's rule, beside the versions up to one of them.
   */
  synchronized List<String> objections(String subject, String version, String text)
      throws RegistryError {
    Schema schema = parse(text);
    List<Version> versions = versionsOf(subject);
    int index = indexOf(version, versions.size());
    return rule(subject).objections(schema, schemas(versions.subList(0, index + 1)));
  }

  synchronized void setRule(String subject, CompatibilityRule rule) {
    if (subject == null) {
      globalRule = rule;
    } else {
      rules.put(subject, rule);
    }
  }

  /** The rule of a subject's own; the global one for null or where {@code orGlobal}. */
  synchronized CompatibilityRule rule(String subject, boolean orGlobal) throws RegistryError {
    if (subject != null && !orGlobal && !rules.containsKey(subject)) {
      throw RegistryError.levelNotConfigured(subject);
    }
    return rule(subject);
  }

  private CompatibilityRule rule(String subject) {
    return rules.getOrDefault(subject, globalRule);
  }

  private List<Version> versionsOf(String subject) throws RegistryError {
    List<Version> versions = subjects.get(subject);
    if (versions == null) {
      throw RegistryError.subjectNotFound(subject);
    }
    return versions;
  }

  /** Equal schemas share an id, whatever subjects they are in. */
  private int idOf(Schema schema) {
    return ids.computeIfAbsent(
        schema.toString(),
        unused -> {
          byId.add(schema);
          return byId.size();
        });
  }

  private static List<Schema> schemas(List<Version> versions) {
    return versions.stream().map(Version::schema).toList();
  }

  private static int indexOf(String version, int count) throws RegistryError {
    if (version.equals("latest") || version.equals("-1")) {
      return count - 1;
    }
    int number;
    try {
      number = Integer.parseInt(version);
    } catch (NumberFormatException e) {
      throw RegistryError.invalidVersion(version);
    }
    if (number < 1) {
      throw RegistryError.invalidVersion(version);
    }
    if (number > count) {
      throw RegistryError.versionNotFound(version);
    }
    return number - 1;
  }

  private static int parseId(String id) throws RegistryError {
    try {
      return Integer.parseInt(id);
    } catch (NumberFormatException e) {
      throw RegistryError.schemaNotFound(id);
    }
  }

  private static Schema parse(String text) throws RegistryError {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw RegistryError.invalidSchema(e.getMessage());
    }
  }
}
