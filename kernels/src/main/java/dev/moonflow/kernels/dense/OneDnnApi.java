package dev.moonflow.kernels.dense;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/**
 * The few functions of oneDNN's C interface (version 3) that are used. Pointers are longs; a
 * function that creates something writes its address into an array of one. Not loaded before {@link
 * #load}.
 */
final class OneDnnApi {
  static final int CPU = 1;
  static final int IN_ORDER = 1;

  static final int BF16 = 2;
  static final int F32 = 3;
  static final int S32 = 4;
  static final int S8 = 5;
  static final int U8 = 6;

  static final int ARGUMENT_SOURCE = 1;
  static final int ARGUMENT_TARGET = 17;
  static final int ARGUMENT_WEIGHTS = 33;

  static final int QUERY_IMPLEMENTATION = 8;

  /** Bits of processors with 8-bit dot products, and with those of BF16. */
  static final int ISA_AVX512_VNNI = 0x67;

  static final int ISA_AVX512_BF16 = 0xe7;

  private OneDnnApi() {}

  /**
   * Binds the functions below. The library is opened by its path and not by the class loader, so
   * every class loader of a process may do this: they share what is loaded.
   */
  static void load(Path library) {
    Native.register(OneDnnApi.class, NativeLibrary.getInstance(library.toString()));
  }

  /** Refuses a status other than success. */
  static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException("oneDNN cannot " + what + ": status " + status);
    }
  }

  static native int dnnl_get_effective_cpu_isa();

  static native int dnnl_engine_create(long[] engine, int kind, long index);

  static native int dnnl_stream_create(long[] stream, long engine, int flags);

  static native int dnnl_stream_destroy(long stream);

  static native int dnnl_memory_desc_create_with_string_tag(
      long[] description, int dimensions, long[] sizes, int type, String tag);

  static native int dnnl_memory_desc_create_with_strides(
      long[] description, int dimensions, long[] sizes, int type, long[] strides);

  static native int dnnl_memory_desc_destroy(long description);

  static native long dnnl_memory_desc_get_size(long description);

  static native int dnnl_matmul_primitive_desc_create(
      long[] result, long engine, long source, long weights, long bias, long target, long attr);

  static native int dnnl_primitive_desc_query(long description, int what, int index, long[] result);

  static native int dnnl_primitive_desc_destroy(long description);

  static native int dnnl_primitive_create(long[] primitive, long description);

  static native int dnnl_memory_create(long[] memory, long description, long engine, long data);

  static native int dnnl_memory_set_data_handle(long memory, long data);

  static native int dnnl_primitive_execute(
      long primitive, long stream, int arguments, long[] values);

  /** Of the OpenMP library that oneDNN is linked to; both concern the calling thread alone. */
  static native int omp_get_max_threads();

  static native void omp_set_num_threads(int threads);
}
