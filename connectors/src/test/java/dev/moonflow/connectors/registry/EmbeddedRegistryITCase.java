package dev.moonflow.connectors.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.schemas.ImageEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddedRegistryITCase extends RegistryContract {
  private static EmbeddedRegistry registry;

  @BeforeAll
  static void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Override
  String url() {
    return registry.url();
  }

  @Test
  void aStoppedRegistryIsUnavailableAndNotTheRecordsFault() throws Exception {
    EmbeddedRegistry gone = EmbeddedRegistry.start();
    gone.close();
    RegistrySettings settings = new RegistrySettings(gone.url(), Map.of("max.retries", "0"), 10);
    assertThatThrownBy(
            () ->
                SchemaRegistration.registerAll(settings, Map.of("t", ImageEvent.getClassSchema())))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(gone.url());
    try (EventReader<ImageEvent> reader = new EventReader<>(settings, ImageEvent.class);
        ResultWriter<ImageEvent> writer = new ResultWriter<>(settings, "t", ImageEvent.class)) {
      assertThatThrownBy(() -> reader.read(WireFormat.header(1)))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining("cannot be reached for looking up schema id 1");
      assertThatThrownBy(() -> writer.write(TestEvents.image("x")))
          .isInstanceOf(RegistryUnavailableException.class);
    }
  }

  @Test
  void requestsThatMakeNoSenseAreAnsweredWithCodes() throws Exception {
    assertThat(post("/subjects/s/versions", "{\"schema\": \"{\"}"))
        .startsWith("422 ")
        .contains("42201");
    assertThat(post("/subjects/s/versions", "no json")).startsWith("400 ");
    assertThat(post("/subjects/s/versions", "{\"schema\": 3}")).startsWith("422 ");
    assertThat(
            post("/subjects/s/versions", "{\"schema\": \"\\\"int\\\"\", \"schemaType\": \"JSON\"}"))
        .startsWith("422 ")
        .contains("only AVRO");
    assertThat(post("/nowhere", "{}")).startsWith("404 ");
    assertThat(post("/schemas/ids/1", "{}")).startsWith("405 ");
    assertThat(post("/subjects/s/versions", " ".repeat(2 << 20))).startsWith("413 ");
    assertThat(post("/subjects/a%2Fb/versions", "{\"schema\": \"\\\"int\\\"\"}"))
        .startsWith("200 ");
    assertThat(get("/subjects")).contains("a/b");
    assertThat(get("/subjects/a%2Fb/versions/0")).startsWith("422 ").contains("42202");
    assertThat(get("/subjects/a%2Fb/versions/2")).startsWith("404 ").contains("40402");
    assertThat(get("/config/a%2Fb")).startsWith("404 ").contains("40408");
    assertThat(get("/config/a%2Fb?defaultToGlobal=true")).contains("BACKWARD");
  }

  private static String post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(registry.url() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(registry.url() + path)).build());
  }

  private static String send(HttpRequest request) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}
