package dev.moonflow.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Computes the fingerprint that this package's documentation defines. */
final class ModelFingerprint {

  private static final String VERSION = "moonflow-model-1";
  private static final int SAMPLE_BYTES = 256;
  private static final List<String> SETTINGS =
      List.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "tiktoken.model",
          "tokenizer_config.json");

  private final MessageDigest sha256;

  private ModelFingerprint() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ModelFingerprint ofSettings(Path dir) {
    ModelFingerprint fingerprint = new ModelFingerprint();
    fingerprint.string(VERSION);
    for (String name : SETTINGS) {
      fingerprint.settings(dir.resolve(name), name);
    }
    return fingerprint;
  }

  static String of(Path dir, WeightsFile weights) {
    ModelFingerprint fingerprint = ofSettings(dir);
    byte[] identity = weights.identity();
    fingerprint.string(WeightsFile.NAME);
    fingerprint.integer(identity.length);
    fingerprint.sha256.update(identity);
    return fingerprint.hex();
  }

  static String of(Path dir, Collection<Safetensors> files) {
    ModelFingerprint fingerprint = ofSettings(dir);
    files.stream()
        .sorted(Comparator.comparing(f -> f.file().getFileName().toString()))
        .forEach(fingerprint::tensors);
    return fingerprint.hex();
  }

  private String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void settings(Path file, String name) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      string(name);
      integer(bytes.length);
      sha256.update(bytes);
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e + ".", e);
    }
  }

  private void tensors(Safetensors file) {
    string(file.file().getFileName().toString());
    integer(file.size());
    sha256.update(file.headerJson());
    for (String name : file.names()) {
      sha256.update(file.firstBytes(file.info(name), SAMPLE_BYTES));
    }
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    integer(bytes.length);
    sha256.update(bytes);
  }

  private void integer(long value) {
    sha256.update(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }
}
