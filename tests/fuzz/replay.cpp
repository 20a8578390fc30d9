// Runs a fuzz target over its corpus without a fuzzer, so that a fault found once is tested for
// with every compiler. With "mutate N" it also runs N seeded mutations of each file, a quick search
// for new faults.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

Input read(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// The changes that find most faults: a flipped bit, a cut, a repeated piece, a byte with a meaning.
Input mutated(Input input, tocsin::base::SeededRandom& random) {
  constexpr std::string_view kTelling = "[]{}:,-?&*!|>'\"#%@\n\t 0";
  const auto place = [&] { return static_cast<std::ptrdiff_t>(random.below(input.size() + 1)); };
  for (std::uint64_t changes = 1 + random.below(4); changes > 0; --changes) {
    const auto at = place();
    const auto byte = random.chance(0.5)
                          ? static_cast<std::uint8_t>(kTelling[random.below(kTelling.size())])
                          : static_cast<std::uint8_t>(random.below(256));
    switch (random.below(4)) {
      case 0:
        input.insert(input.begin() + at, byte);
        break;
      case 1:
        if (at < static_cast<std::ptrdiff_t>(input.size()))
          input[static_cast<std::size_t>(at)] ^= static_cast<std::uint8_t>(1U << random.below(8));
        break;
      case 2: {
        const auto until =
            std::min<std::ptrdiff_t>(at + static_cast<std::ptrdiff_t>(random.below(16)),
                                     static_cast<std::ptrdiff_t>(input.size()));
        input.erase(input.begin() + at, input.begin() + until);
        break;
      }
      default: {
        const auto until =
            std::min<std::ptrdiff_t>(at + static_cast<std::ptrdiff_t>(random.below(64)),
                                     static_cast<std::ptrdiff_t>(input.size()));
        const Input piece{input.begin() + at, input.begin() + until};
        input.insert(input.begin() + place(), piece.begin(), piece.end());
      }
    }
  }
  return input;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s CORPUS [mutate N]\n", argv[0]);
    return 2;
  }
  std::uint64_t mutations = 0;
  if (argc == 4 && std::string_view{argv[2]} == "mutate")
    mutations = std::strtoull(argv[3], nullptr, 10);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{argv[1]})
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fprintf(stderr, "no corpus in %s\n", argv[1]);
    return 1;
  }
  tocsin::base::SeededRandom random{1};
  for (const auto& path : files) {
    const Input input = read(path);
    // Print the name first, so that a crash shows its file.
    std::fprintf(stderr, "%s, %zu bytes\n", path.filename().c_str(), input.size());
    LLVMFuzzerTestOneInput(input.data(), input.size());
    for (std::uint64_t i = 0; i < mutations; ++i) {
      const Input other = mutated(input, random);
      LLVMFuzzerTestOneInput(other.data(), other.size());
    }
  }
  std::printf("%zu inputs, %llu mutations of each\n", files.size(),
              static_cast<unsigned long long>(mutations));
  return 0;
}
