// A file that somebody put into the spool's folder is no message, or is written again byte for
// byte.
#include "channel/spool.h"

#include "base/fault.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto file = channel::decode_spool_file({bytes, size});
  if (!file) return 0;
  const auto back = channel::decode_spool_file(channel::encode(*file));
  TOCSIN_ASSERT(back && back->address == file->address && back->id == file->id &&
                back->expires == file->expires && back->content == file->content);
  return 0;
}
