package dev.moonflow.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

/** Runs itself in a JVM without the system property that the tests' own JVM has. */
class AvroTrustTest {

  @Test
  void recordsAreReadInAJvmThatWasNotToldToTrustThem() throws Exception {
    assertThat(run("without")).contains("SecurityException").contains("records untrusted");
    assertThat(run("with")).contains("read max_new_tokens null").contains("others untrusted");
  }

  private static String run(String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AvroTrustTest.class.getName(), how));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("with")) {
      AvroTrust.install();
    }
    ClassSecurityValidator.ClassSecurityPredicate trust = ClassSecurityValidator.getGlobal();
    System.out.println(
        trust.isTrusted(GenerationOptions.class) ? "records trusted" : "records untrusted");
    System.out.println(trust.isTrusted(Process.class) ? "others trusted" : "others untrusted");
    try {
      SpecificData model = SpecificData.getForClass(GenerationOptions.class);
      GenerationOptions options =
          new SpecificDatumReader<GenerationOptions>(
                  GenerationOptions.getClassSchema(), GenerationOptions.getClassSchema(), model)
              .read(null, DecoderFactory.get().binaryDecoder(new byte[9], null));
      System.out.println("read max_new_tokens " + options.getMaxNewTokens());
    } catch (SecurityException e) {
      System.out.println(e);
    }
  }
}
