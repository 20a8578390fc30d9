#include "screen/qr.h"

#include <qrencode.h>

#include <memory>

namespace tocsin::cli {

namespace {

struct FreeCode {
  void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

constexpr int kQuietZone = 4;  // modules, ISO/IEC 18004

bool is_black(const QRcode& code, int row, int column) {
  if (row < 0 || column < 0 || row >= code.width || column >= code.width) return false;
  return (code.data[row * code.width + column] & 1) != 0;
}

}  // namespace

std::optional<std::vector<std::string>> qr_lines(std::string_view text, Ground ground) {
  const std::unique_ptr<QRcode, FreeCode> code{
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_L)};
  if (code == nullptr) return std::nullopt;
  const auto is_block = [&](int row, int column) {
    return is_black(*code, row, column) == (ground == Ground::light);
  };
  std::vector<std::string> lines;
  const int end = code->width + kQuietZone;
  for (int row = -kQuietZone; row < end; row += 2) {
    std::string line;
    for (int column = -kQuietZone; column < end; ++column) {
      const bool upper = is_block(row, column);
      const bool lower = is_block(row + 1, column);
      line += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace tocsin::cli
