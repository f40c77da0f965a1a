package dev.moonflow.jobs.settings;

import dev.moonflow.kernels.device.DeviceChoice;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** The model and its engine: {@code moonflow.model.}, {@code device} and {@code engine.}. */
public final class ModelOptions {
  /** The checkpoint's folder. */
  public static final ConfigOption<String> PATH =
      ConfigOptions.key("moonflow.model.path")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Folder of the Kimi-VL checkpoint (config.json, *.safetensors, tiktoken.model), or one"
                  + " that moonflow convert made of it, the same on every TaskManager. Required.");

  /** How the weights are computed with. */
  public static final ConfigOption<WeightsChoice> WEIGHTS =
      ConfigOptions.key("moonflow.model.weights")
          .enumType(WeightsChoice.class)
          .defaultValue(WeightsChoice.STORED)
          .withDescription(
              "How the weights are computed with: stored (as the checkpoint has them), bf16, int8 or"
                  + " int4. A checkpoint that is not packed so is converted once per host, into"
                  + " ~/.cache/moonflow/weights; convert a large one beforehand. Results differ"
                  + " between these choices, and are equal under one; bf16 also between processors"
                  + " with and without oneDNN.");

  /** Where kernels run. */
  public static final ConfigOption<DeviceChoice> DEVICE =
      ConfigOptions.key("moonflow.device")
          .enumType(DeviceChoice.class)
          .defaultValue(DeviceChoice.AUTO)
          .withDescription(
              "Where kernels run: auto (OpenCL where a device that is not the CPU itself passes its"
                  + " self-test, else the CPU; the log says which), opencl (or an error) or cpu.");

  /** Requests that generate at once. */
  public static final ConfigOption<Integer> REQUESTS_RUNNING =
      engine("requests-running", 64, "Requests that generate at once in one subtask.");

  /** Requests taken in by one subtask. */
  public static final ConfigOption<Integer> REQUESTS_IN_FLIGHT =
      engine(
          "requests-in-flight",
          1_024,
          "Requests that one subtask holds, running, waiting or finished and waiting for their turn;"
              + " past it the sources are held back, and a checkpoint waits until the few requests"
              + " that are already on their way are let in.");

  /** Bytes of the requests taken in by one subtask. */
  public static final ConfigOption<MemorySize> BYTES_IN_FLIGHT =
      ConfigOptions.key("moonflow.engine.bytes-in-flight")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(256))
          .withDescription(
              "Bytes of records and encoded images that one subtask holds with its requests; past it"
                  + " the sources are held back. One larger request goes alone.");

  /** Threads that prepare images. */
  public static final ConfigOption<Integer> PREPARE_THREADS =
      engine("prepare-threads", 2, "Threads of one subtask that decode and resize images ahead.");

  /** Threads that share one computation. */
  public static final ConfigOption<Integer> MATH_THREADS =
      ConfigOptions.key("moonflow.engine.math-threads")
          .intType()
          .noDefaultValue()
          .withDescription(
              "Threads of one TaskManager that share a computation, the engine's own included;"
                  + " without it as many as processors. 1 suits small models with as many subtasks"
                  + " as processors: each engine then computes alone and waits for nobody.");

  /** Vision patches of one packed batch. */
  public static final ConfigOption<Integer> PATCHES_PER_STEP =
      engine(
          "patches-per-step",
          16_384,
          "Vision patches packed into one engine step; one larger image goes alone.");

  /** Tokens of one step. */
  public static final ConfigOption<Integer> TOKENS_PER_STEP =
      engine("tokens-per-step", 512, "Prompt and generated tokens of one engine step together.");

  /** Tokens in the KV cache. */
  public static final ConfigOption<Integer> CACHE_TOKENS =
      engine("cache-tokens", 262_144, "Tokens of KV cache over all running requests of a subtask.");

  /** Memory of image features. */
  public static final ConfigOption<MemorySize> FEATURE_CACHE =
      ConfigOptions.key("moonflow.engine.feature-cache")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription(
              "Bytes of image features that one TaskManager keeps by the images' content, so that"
                  + " an image that comes again is not encoded again; answers do not change. 1b"
                  + " keeps none.");

  /** Vision patches of one request. */
  public static final ConfigOption<Integer> PATCHES_PER_REQUEST =
      engine("patches-per-request", 65_536, "Vision patches of all images of one request.");

  /** Context of one request. */
  public static final ConfigOption<Integer> CONTEXT_TOKENS =
      engine("context-tokens", 32_768, "Prompt and generated tokens of one request together.");

  private ModelOptions() {}

  private static ConfigOption<Integer> engine(String name, int value, String what) {
    return ConfigOptions.key("moonflow.engine." + name)
        .intType()
        .defaultValue(value)
        .withDescription(what);
  }
}
