/**
 * The OpenCL device: one discovery per process, strict compilation, checked launches, and the
 * explicit choice between opencl and cpu. The only package that knows how Aparapi behaves; kernels
 * extend {@link dev.moonflow.kernels.device.DeviceKernel}, which states the rules they keep. May
 * use Aparapi and slf4j, and nothing else of this module.
 */
package dev.moonflow.kernels.device;
