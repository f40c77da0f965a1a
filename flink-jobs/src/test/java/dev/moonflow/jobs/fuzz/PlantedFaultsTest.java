package dev.moonflow.jobs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Faults as parsers have them, planted in a small parser: the fuzzer must find each of them. */
class PlantedFaultsTest {
  private static final byte[] GOOD =
      ByteBuffer.allocate(12).putInt(3).put("abc".getBytes(StandardCharsets.US_ASCII)).array();

  /** What the parser may refuse with. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  private static FuzzTarget target(FuzzTarget.Parser parser) {
    return new FuzzTarget(
        "planted",
        List.of(GOOD),
        List.of(),
        false,
        UnaryOperator.identity(),
        Set.of(RefusedException.class),
        new FuzzTarget.Allocation(1 << 20, 16),
        parser);
  }

  private static Fuzzer.Report run(FuzzTarget.Parser parser) throws InterruptedException {
    return new Fuzzer(target(parser), 1, Duration.ofSeconds(2)).run(5_000, Duration.ofMinutes(5));
  }

  /** A length and as many bytes; every fault below forgets one of these checks. */
  private static int length(byte[] bytes) throws RefusedException {
    if (bytes.length < 4) {
      throw new RefusedException("The length is cut off at byte " + bytes.length + ".");
    }
    int length = ByteBuffer.wrap(bytes).getInt();
    if (length < 0 || length > bytes.length - 4) {
      throw new RefusedException("The length " + length + " is beyond the end.");
    }
    return length;
  }

  private static void assertFound(Fuzzer.Report report, Finding.Kind kind, String what) {
    assertThat(report.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.toString()).contains(what);
            });
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() throws Exception {
    Fuzzer.Report report = run(PlantedFaultsTest::length);
    assertThat(report.findings()).isEmpty();
    assertThat(report.inputs()).isEqualTo(5_000);
    assertThat(report.outcomes()).containsKey("a value").hasSizeGreaterThan(2);
  }

  @Test
  void anIndexBeyondAnArrayIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              int length = length(bytes);
              byte unused = length == 0 ? 0 : bytes[4 + length]; // one too far
            });
    assertFound(report, Finding.Kind.THROWN, "ArrayIndexOutOfBoundsException");
  }

  @Test
  void aNegativeLengthIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              int length = bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).getInt();
              byte[] unused = new byte[Math.min(length, bytes.length)];
            });
    assertFound(report, Finding.Kind.THROWN, "NegativeArraySizeException");
  }

  @Test
  void anAllocationThatAnInputAsksForIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              int length = bytes.length < 4 ? 0 : ByteBuffer.wrap(bytes).getInt();
              byte[] unused = new byte[Math.max(0, Math.min(length, 1 << 27))]; // believed
              length(bytes);
            });
    assertFound(report, Finding.Kind.ALLOCATION, "bytes, ");
  }

  @Test
  void aLoopWithoutAnEndIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              int step = bytes.length < 5 ? 1 : bytes[4];
              for (int at = 5; at < bytes.length; at += step) { // a step of nothing
                if (Thread.interrupted()) {
                  return; // so that this test leaves no busy thread behind
                }
              }
            });
    assertFound(report, Finding.Kind.HANG, "does not come to an end");
  }

  @Test
  void deepRecursionIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              if (bytes.length > 4 && bytes[4] != 'a') {
                nest(Integer.MAX_VALUE);
              }
            });
    assertFound(report, Finding.Kind.THROWN, "StackOverflowError");
  }

  private static int nest(int depth) {
    return depth == 0 ? 0 : nest(depth - 1) + 1;
  }

  @Test
  void aRefusalWithoutAReasonIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              if (bytes.length < 4) {
                throw new RefusedException("cannot be read: " + null);
              }
            });
    assertFound(report, Finding.Kind.MESSAGE, "tells no reason");
  }

  @Test
  void aGoodInputThatIsRefusedIsFound() throws Exception {
    Fuzzer.Report report =
        run(
            bytes -> {
              throw new RefusedException("Everything is refused.");
            });
    assertFound(report, Finding.Kind.SEED, "Everything is refused");
  }

  @Test
  void theSameSeedTriesTheSameInputs() throws Exception {
    FuzzTarget target = target(bytes -> length(bytes));
    Fuzzer.Report once = new Fuzzer(target, 7, Duration.ofSeconds(9)).run(500, Duration.ofDays(1));
    Fuzzer.Report again = new Fuzzer(target, 7, Duration.ofSeconds(9)).run(500, Duration.ofDays(1));
    assertThat(again.outcomes()).isEqualTo(once.outcomes());
    assertThat(new Corpus(target, 7).input(3)).isNotEqualTo(new Corpus(target, 8).input(3));
  }
}
