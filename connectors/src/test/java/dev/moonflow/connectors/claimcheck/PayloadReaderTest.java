package dev.moonflow.connectors.claimcheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moonflow.connectors.claimcheck.PayloadRejectedException.Reason;
import dev.moonflow.schemas.ClaimCheck;
import dev.moonflow.schemas.Payload;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayloadReaderTest {
  private static final byte[] BYTES = "the bytes of a page".getBytes(UTF_8);

  @TempDir Path root;
  private Path allowed;
  private PayloadReader reader;

  @BeforeEach
  void allowOneFolder() throws Exception {
    allowed = Files.createDirectory(root.resolve("allowed"));
    reader = new PayloadReader(new ClaimCheckPolicy(List.of(allowed.toUri().toString()), 1000));
  }

  private static Payload inline(byte[] bytes) {
    return Payload.newBuilder().setInline(ByteBuffer.wrap(bytes)).build();
  }

  private static Payload check(String uri, long size, String sha256) {
    ClaimCheck check =
        ClaimCheck.newBuilder().setUri(uri).setSizeBytes(size).setSha256(sha256).build();
    return Payload.newBuilder().setClaimCheck(check).build();
  }

  private Payload checkOf(Path file) {
    return check(file.toUri().toString(), BYTES.length, Sha256.of(BYTES));
  }

  private void assertRejected(Payload payload, Reason reason, String... words) {
    PayloadRejectedException rejected =
        catchThrowableOfType(PayloadRejectedException.class, () -> reader.read(payload));
    assertThat(rejected).as("rejection").isNotNull();
    assertThat(rejected.reason()).as(rejected.getMessage()).isEqualTo(reason);
    for (String word : words) {
      assertThat(rejected.getMessage()).contains(word);
    }
  }

  @Test
  void inlineBytesComeBackAndTheBufferIsLeftAsItWas() throws Exception {
    Payload payload = inline(BYTES);
    assertThat(reader.read(payload)).isEqualTo(BYTES);
    assertThat(reader.read(payload)).isEqualTo(BYTES);
  }

  @Test
  void whatTheWriterWritesTheReaderFetchesAndVerifies() throws Exception {
    ClaimCheckWriter writer = new ClaimCheckWriter(allowed.resolve("new").toUri(), 10);
    Payload large = writer.payload(BYTES, "image/png");
    assertThat(large.getInline()).isNull();
    assertThat(large.getMediaType()).isEqualTo("image/png");
    assertThat(reader.read(large)).isEqualTo(BYTES);
    assertThat(writer.payload(BYTES, null).getClaimCheck()).isEqualTo(large.getClaimCheck());
    try (var files = Files.list(allowed.resolve("new"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.endsWith(".crc"))
          .containsExactly(Sha256.of(BYTES));
    }
    Payload small = writer.payload(new byte[] {1}, null);
    assertThat(small.getClaimCheck()).isNull();
    assertThat(reader.read(small)).containsExactly(1);
  }

  @Test
  void withoutAFolderLargePayloadsAreNotWritten() {
    ClaimCheckWriter writer = new ClaimCheckWriter(null, 10);
    assertThatThrownBy(() -> writer.payload(BYTES, null))
        .isInstanceOf(java.io.IOException.class)
        .hasMessageContaining("no folder for claim checks");
    assertThatThrownBy(() -> new ClaimCheckWriter(URI.create("relative/folder"), 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void exactlyOneOfTheTwoMustBeSet() {
    assertRejected(Payload.newBuilder().build(), Reason.NOT_EXACTLY_ONE, "neither");
    Payload both = inline(BYTES);
    both.setClaimCheck(check("file:///x", 1, Sha256.of(BYTES)).getClaimCheck());
    assertRejected(both, Reason.NOT_EXACTLY_ONE, "both");
  }

  @Test
  void sizesAreCheckedBeforeAnythingIsRead() {
    assertRejected(inline(new byte[0]), Reason.EMPTY, "0 bytes");
    assertRejected(inline(new byte[1001]), Reason.TOO_LARGE, "1001", "1000");
    String nowhere = allowed.resolve("nowhere").toUri().toString();
    assertRejected(check(nowhere, 1001, Sha256.of(BYTES)), Reason.TOO_LARGE, "1001");
    assertRejected(check(nowhere, Long.MAX_VALUE, Sha256.of(BYTES)), Reason.TOO_LARGE);
    assertRejected(check(nowhere, -1, Sha256.of(BYTES)), Reason.EMPTY, "-1");
  }

  @Test
  void whatIsMissingOrDiffersIsRejectedWithItsReason() throws Exception {
    Path file = allowed.resolve("file");
    assertRejected(checkOf(file), Reason.MISSING, "nothing lies at", "file");
    Files.write(file, BYTES);
    assertThat(reader.read(checkOf(file))).isEqualTo(BYTES);
    String uri = file.toUri().toString();
    assertRejected(
        check(uri, BYTES.length + 1, Sha256.of(BYTES)),
        Reason.SIZE_DIFFERS,
        "has " + BYTES.length,
        "says " + (BYTES.length + 1));
    String other = Sha256.of(new byte[] {1});
    assertRejected(check(uri, BYTES.length, other), Reason.HASH_DIFFERS, other, Sha256.of(BYTES));
    assertRejected(
        check(uri, BYTES.length, Sha256.of(BYTES).toUpperCase(java.util.Locale.ROOT)),
        Reason.MALFORMED_CLAIM_CHECK,
        "sha256");
    Path folder = Files.createDirectory(allowed.resolve("folder"));
    assertRejected(checkOf(folder), Reason.MISSING, "folder");
  }

  @Test
  void placesOutsideTheAllowedOnesAreNotRead() throws Exception {
    Path outside = Files.write(root.resolve("outside"), BYTES);
    Path neighbour = Files.createDirectory(root.resolve("allowed-not"));
    Files.write(neighbour.resolve("file"), BYTES);
    assertRejected(checkOf(outside), Reason.NOT_ALLOWED, "outside the allowed places");
    assertRejected(checkOf(neighbour.resolve("file")), Reason.NOT_ALLOWED);
    assertRejected(check("file:///etc/passwd", 10, Sha256.of(BYTES)), Reason.NOT_ALLOWED);
    assertRejected(check("s3://bucket/key", 10, Sha256.of(BYTES)), Reason.NOT_ALLOWED, "s3");
    String climbing = allowed.toUri() + "../outside";
    assertRejected(check(climbing, 19, Sha256.of(BYTES)), Reason.MALFORMED_CLAIM_CHECK, "..");
    String encoded = allowed.toUri() + "%2e%2e/outside";
    assertRejected(check(encoded, 19, Sha256.of(BYTES)), Reason.MALFORMED_CLAIM_CHECK, "..");
    assertRejected(checkOf(allowed), Reason.NOT_ALLOWED);
    Path link = Files.createSymbolicLink(allowed.resolve("link"), outside);
    assertRejected(checkOf(link), Reason.NOT_ALLOWED, "a link that leads outside");
    Path inner = Files.write(allowed.resolve("inner"), BYTES);
    Path innerLink = Files.createSymbolicLink(allowed.resolve("inner-link"), inner);
    assertThat(reader.read(checkOf(innerLink))).isEqualTo(BYTES);
  }

  @Test
  void theDefaultPolicyAllowsNoClaimCheckAtAll() throws Exception {
    PayloadReader inlineOnly = new PayloadReader(ClaimCheckPolicy.inlineOnly());
    assertThat(inlineOnly.read(inline(BYTES))).isEqualTo(BYTES);
    Path file = Files.write(allowed.resolve("file"), BYTES);
    assertThatThrownBy(() -> inlineOnly.read(checkOf(file)))
        .isInstanceOf(PayloadRejectedException.class)
        .hasMessageContaining("there are none");
  }

  @Test
  void aUriThatIsNoneIsRejectedAndAPrefixThatIsNoneIsRefusedAtOnce() {
    for (String uri :
        List.of("no uri at all", "relative/path", "mailto:a@b", "http://h/p?q=1", "http://u@h/p")) {
      assertRejected(
          check(uri, 10, Sha256.of(BYTES)), Reason.MALFORMED_CLAIM_CHECK, "'" + uri + "'");
    }
    assertThatThrownBy(() -> new PayloadReader(ClaimCheckPolicy.allowing("not absolute")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'not absolute'");
  }

  @Test
  void anAllowedSchemeWithoutAFileSystemSaysSo() {
    PayloadReader s3 = new PayloadReader(ClaimCheckPolicy.allowing("s3://bucket/in"));
    assertThatThrownBy(() -> s3.read(check("s3://bucket/in/a", 10, Sha256.of(BYTES))))
        .isInstanceOf(PayloadRejectedException.class)
        .hasMessageContaining("no file system for s3");
    assertThatThrownBy(() -> s3.read(check("s3://bucket/inner", 10, Sha256.of(BYTES))))
        .isInstanceOf(PayloadRejectedException.class)
        .hasMessageContaining("outside the allowed places");
  }
}
