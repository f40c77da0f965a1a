package dev.moonflow.connectors.registry;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * How to reach a schema registry that speaks Confluent's REST interface.
 *
 * @param url base URL, or several separated by commas
 * @param clientProperties passed to the registry client as they are, for TLS and authentication
 *     (for example {@code basic.auth.credentials.source})
 * @param schemasMax schemas that a reader or writer remembers at most
 */
public record RegistrySettings(String url, Map<String, String> clientProperties, int schemasMax)
    implements Serializable {
  /** Schemas remembered where nothing else is said. */
  public static final int DEFAULT_SCHEMAS_MAX = 1000;

  public RegistrySettings {
    Objects.requireNonNull(url, "url");
    clientProperties = Map.copyOf(clientProperties);
    if (url.isBlank()) {
      throw new IllegalArgumentException("the registry's URL must not be blank");
    }
    if (schemasMax < 1) {
      throw new IllegalArgumentException("schemasMax must be at least 1: " + schemasMax);
    }
  }

  /** A registry that asks for no credentials. */
  public static RegistrySettings of(String url) {
    return new RegistrySettings(url, Map.of(), DEFAULT_SCHEMAS_MAX);
  }
}
