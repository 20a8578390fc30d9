// Which message of ours a provider's own name of it stands for. A file of the home keeps the names
// of those that ask for an answer over a restart (tocsin-home(5)), so that an answer is understood;
// it names nobody, so receipts count only in the process that knows to whom a message went. May be
// used by several threads.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channel/channel.h"
#include "seal/envelope.h"

namespace tocsin::channel {

class SentNames {
 public:
  // What of the file cannot be read counts as not there.
  explicit SentNames(std::filesystem::path file);

  struct Sent {
    seal::MessageId id;
    std::string to;
    bool asks = false;  // for an answer
  };
  // `name` has no blank. Returns what somebody said of it before its name was known here. A fault
  // while writing the file is nothing that stops a message.
  std::vector<Delivery> record(std::string_view name, Sent sent);
  // Nullopt when it is none of ours that asks for an answer.
  std::optional<seal::MessageId> asked(std::string_view name);
  // What `from` says of a message, when it is one to them. Kept for a moment when it is none.
  std::optional<Delivery> receipt(std::string_view name, std::string_view from, Receipt receipt);

 private:
  struct Early {
    std::string name;
    std::string from;
    Receipt receipt;
  };
  std::string read();
  void append(std::string_view name, const seal::MessageId& id);

  std::filesystem::path file_;
  mutable std::mutex mutex_;                        // of what follows
  std::map<std::string, Sent, std::less<>> known_;  // of another process: to nobody
  std::vector<Early> early_;
  std::size_t read_bytes_ = 0;  // of the file
};

}  // namespace tocsin::channel
