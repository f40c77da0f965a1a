package dev.moonflow.kernels.dense;

/**
 * One product of fixed shape in oneDNN: [rows, in] by packed weights of some outputs. For one
 * thread at a time; lives as long as the process.
 */
final class OneDnnProduct {
  /**
   * What it computes.
   *
   * @param format INT8 or BF16
   * @param rows of activations
   * @param in inputs with padding
   * @param outputs a multiple of 64
   */
  record Shape(WeightFormat format, int rows, int in, int outputs) {}

  private final long primitive;
  private final long stream;
  private final long source;
  private final long weights;
  private final long target;
  private final long[] arguments;
  private final String implementation;

  OneDnnProduct(long engine, Shape shape) {
    boolean integers = shape.format() == WeightFormat.INT8;
    long[] result = new long[1];
    long sourceShape =
        rows(integers ? OneDnnApi.U8 : OneDnnApi.BF16, shape.rows(), shape.in(), result);
    long targetShape =
        rows(integers ? OneDnnApi.S32 : OneDnnApi.F32, shape.rows(), shape.outputs(), result);
    String tag = integers ? "BA16a64b4a" : "BA16a64b2a";
    OneDnnApi.check(
        OneDnnApi.dnnl_memory_desc_create_with_string_tag(
            result,
            2,
            new long[] {shape.in(), shape.outputs()},
            integers ? OneDnnApi.S8 : OneDnnApi.BF16,
            tag),
        "describe weights as " + tag);
    long weightShape = result[0];
    long bytes = OneDnnApi.dnnl_memory_desc_get_size(weightShape);
    long ours = shape.format().dataBytes(shape.outputs(), shape.in());
    if (bytes != ours) {
      throw new IllegalStateException(
          "oneDNN wants %d bytes for %s, the layout has %d".formatted(bytes, shape, ours));
    }
    OneDnnApi.check(
        OneDnnApi.dnnl_matmul_primitive_desc_create(
            result, engine, sourceShape, weightShape, 0, targetShape, 0),
        "multiply " + shape);
    long description = result[0];
    OneDnnApi.check(OneDnnApi.dnnl_primitive_create(result, description), "build " + shape);
    primitive = result[0];
    OneDnnApi.dnnl_primitive_desc_query(description, OneDnnApi.QUERY_IMPLEMENTATION, 0, result);
    implementation = result[0] == 0 ? "" : new com.sun.jna.Pointer(result[0]).getString(0);
    source = memory(sourceShape, engine, result);
    weights = memory(weightShape, engine, result);
    target = memory(targetShape, engine, result);
    OneDnnApi.check(
        OneDnnApi.dnnl_stream_create(result, engine, OneDnnApi.IN_ORDER), "make a stream");
    stream = result[0];
    OneDnnApi.dnnl_primitive_desc_destroy(description);
    // dnnl_exec_arg_t: an int, filled up to 8 bytes, and a pointer.
    arguments =
        new long[] {
          OneDnnApi.ARGUMENT_SOURCE,
          source,
          OneDnnApi.ARGUMENT_WEIGHTS,
          weights,
          OneDnnApi.ARGUMENT_TARGET,
          target
        };
  }

  private static long rows(int type, int rows, int columns, long[] result) {
    OneDnnApi.check(
        OneDnnApi.dnnl_memory_desc_create_with_strides(
            result, 2, new long[] {rows, columns}, type, new long[] {columns, 1}),
        "describe %d x %d values".formatted(rows, columns));
    return result[0];
  }

  private static long memory(long shape, long engine, long[] result) {
    OneDnnApi.check(OneDnnApi.dnnl_memory_create(result, shape, engine, 0), "make a memory");
    OneDnnApi.dnnl_memory_desc_destroy(shape);
    return result[0];
  }

  /** The kernel that oneDNN chose, for example {@code brg_matmul:avx512_core_vnni}. */
  String implementation() {
    return implementation;
  }

  /** Multiplies; operands are addresses. */
  void run(long x, long w, long y) {
    OneDnnApi.dnnl_memory_set_data_handle(source, x);
    OneDnnApi.dnnl_memory_set_data_handle(weights, w);
    OneDnnApi.dnnl_memory_set_data_handle(target, y);
    OneDnnApi.check(
        OneDnnApi.dnnl_primitive_execute(primitive, stream, 3, arguments), "run a product");
  }
}
