package dev.moonflow.connectors.registry.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The paths of the REST interface and what they answer; Confluent's documentation defines them. */
final class RegistryRoutes {
  private final SchemaStore store;

  RegistryRoutes(SchemaStore store) {
    this.store = store;
  }

  /** The answer to a request, as a value for JSON. */
  Object answer(RegistryRequest request) throws RegistryError {
    List<String> path = request.path();
    return switch (path.isEmpty() ? "" : path.get(0)) {
      case "" -> Map.of();
      case "subjects" -> subjects(request, path);
      case "schemas" -> schemas(request, path);
      case "compatibility" -> compatibility(request, path);
      case "config" -> config(request, path);
      default -> throw RegistryError.noSuchPath(request.pathText());
    };
  }

  private Object subjects(RegistryRequest request, List<String> path) throws RegistryError {
    boolean versions = path.size() > 2 && path.get(2).equals("versions");
    if (path.size() == 1) {
      request.require("GET");
      return store.subjects();
    }
    if (path.size() == 2) {
      request.require("POST");
      return versionAnswer(store.lookUp(path.get(1), schemaText(request)));
    }
    if (versions && path.size() == 3) {
      return switch (request.method()) {
        case "GET" -> store.versions(path.get(1));
        case "POST" -> Map.of("id", store.register(path.get(1), schemaText(request)).id());
        default -> throw RegistryError.methodNotAllowed(request.method(), request.pathText());
      };
    }
    if (versions && path.size() == 4) {
      request.require("GET");
      return versionAnswer(store.version(path.get(1), path.get(3)));
    }
    throw RegistryError.noSuchPath(request.pathText());
  }

  private Object schemas(RegistryRequest request, List<String> path) throws RegistryError {
    if (path.size() != 3 || !path.get(1).equals("ids")) {
      throw RegistryError.noSuchPath(request.pathText());
    }
    request.require("GET");
    return Map.of("schema", store.byId(path.get(2)).toString());
  }

  private Object compatibility(RegistryRequest request, List<String> path) throws RegistryError {
    boolean known =
        path.size() >= 4
            && path.size() <= 5
            && path.get(1).equals("subjects")
            && path.get(3).equals("versions");
    if (!known) {
      throw RegistryError.noSuchPath(request.pathText());
    }
    request.require("POST");
    String version = path.size() == 5 ? path.get(4) : "latest";
    List<String> objections = store.objections(path.get(2), version, schemaText(request));
    return Map.of("is_compatible", objections.isEmpty(), "messages", objections);
  }

  private Object config(RegistryRequest request, List<String> path) throws RegistryError {
    if (path.size() > 2) {
      throw RegistryError.noSuchPath(request.pathText());
    }
    String subject = path.size() == 2 ? path.get(1) : null;
    return switch (request.method()) {
      case "GET" -> {
        boolean orGlobal = request.flag("defaultToGlobal");
        yield Map.of("compatibilityLevel", store.rule(subject, orGlobal).name());
      }
      case "PUT" -> {
        JsonNode level = request.body().path("compatibility");
        CompatibilityRule rule = CompatibilityRule.parse(level.asText(""));
        store.setRule(subject, rule);
        yield Map.of("compatibility", rule.name());
      }
      default -> throw RegistryError.methodNotAllowed(request.method(), request.pathText());
    };
  }

  private static Map<String, Object> versionAnswer(SchemaStore.Version version) {
    return Map.of(
        "subject", version.subject(),
        "id", version.id(),
        "version", version.version(),
        "schema", version.schema().toString());
  }

  private static String schemaText(RegistryRequest request) throws RegistryError {
    JsonNode body = request.body();
    if (!body.path("schemaType").asText("AVRO").equals("AVRO")) {
      throw RegistryError.invalidSchema("only AVRO is known here");
    }
    if (!body.path("references").isEmpty()) {
      throw RegistryError.invalidSchema("references are not known here");
    }
    if (!body.path("schema").isTextual()) {
      throw RegistryError.invalidSchema("the request has no schema");
    }
    return body.path("schema").asText();
  }
}
