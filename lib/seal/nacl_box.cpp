#include "seal/nacl_box.h"

#include "seal/sodium.h"

namespace tocsin::seal {

std::optional<base::Bytes> box_up(base::ByteView content, const BoxNonce& nonce,
                                  const SealingKey& to, const OpeningKey& from) {
  start_sodium();
  base::Bytes box(content.size() + crypto_box_MACBYTES);
  if (crypto_box_easy(box.data(), content.data(), content.size(), nonce.data(), to.bytes.data(),
                      from.secret().data()) != 0)
    return std::nullopt;
  return box;
}

std::optional<base::Bytes> unbox(base::ByteView box, const BoxNonce& nonce, const SealingKey& from,
                                 const OpeningKey& to) {
  start_sodium();
  if (box.size() < crypto_box_MACBYTES) return std::nullopt;
  base::Bytes content(box.size() - crypto_box_MACBYTES);
  // libsodium wants a place to write to, also for a content of no bytes.
  std::uint8_t nothing = 0;
  std::uint8_t* const at = content.empty() ? &nothing : content.data();
  if (crypto_box_open_easy(at, box.data(), box.size(), nonce.data(), from.bytes.data(),
                           to.secret().data()) != 0)
    return std::nullopt;
  return content;
}

}  // namespace tocsin::seal
