package dev.moonflow.connectors.registry.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;

/** One HTTP request: method, decoded path segments, query and JSON body. */
record RegistryRequest(String method, List<String> path, String query, byte[] bodyBytes) {
  /** A schema of this size is a mistake. */
  static final int BODY_BYTES_MAX = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  static RegistryRequest of(HttpExchange exchange) throws IOException, RegistryError {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw RegistryError.tooLarge(BODY_BYTES_MAX);
    }
    // Segments are split before they are decoded: a subject's name may contain a slash.
    List<String> path =
        Arrays.stream(exchange.getRequestURI().getRawPath().split("/"))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
            .toList();
    String query = exchange.getRequestURI().getQuery();
    return new RegistryRequest(exchange.getRequestMethod(), path, query == null ? "" : query, body);
  }

  String pathText() {
    return "/" + String.join("/", path);
  }

  void require(String expected) throws RegistryError {
    if (!method.equals(expected)) {
      throw RegistryError.methodNotAllowed(method, pathText());
    }
  }

  boolean flag(String name) {
    return Arrays.asList(query.split("&")).contains(name + "=true");
  }

  JsonNode body() throws RegistryError {
    try {
      JsonNode node = JSON.readTree(bodyBytes);
      if (node == null || !node.isObject()) {
        throw RegistryError.badRequest("The request's body is not a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw RegistryError.badRequest("The request's body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw RegistryError.badRequest("The request's body cannot be read: " + e.getMessage());
    }
  }
}
