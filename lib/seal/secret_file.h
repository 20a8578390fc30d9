// A provider's key or password, which stands in a file of its own that only its owner may read. It
// is wiped at the end of its life, and stands in no message.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "base/bytes.h"

namespace tocsin::seal {

class SecretText {
 public:
  explicit SecretText(std::string_view text)
      : bytes_(base::bytes_of(text).begin(), base::bytes_of(text).end()) {}
  ~SecretText();
  SecretText(SecretText&& other) noexcept = default;  // moves the only copy
  SecretText& operator=(SecretText&&) = delete;
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;

  std::string_view view() const noexcept { return base::text_of(bytes_); }

 private:
  base::Bytes bytes_;
};

inline constexpr std::size_t kMostSecretBytes = 4'096;

// How many lines the secret has: a key in PEM has several.
enum class SecretLines : std::uint8_t { one, several };
// The text of the file, without blanks around it. Faults when others than its owner can read it,
// when this user is not its owner, and when it is no such text. Follows links, because programs
// that hand out secrets make them.
SecretText read_secret_file(const std::filesystem::path& path,
                            SecretLines lines = SecretLines::one);

}  // namespace tocsin::seal
