// All changes of the store: posts and acknowledgements, grouped into transactions. Each is answered
// when it is durable; readers may see a message as soon as it is committed. While the disk syncs
// one group, the next one gathers.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "relay/connection.h"
#include "relay/counters.h"
#include "relay/disk.h"
#include "relay/gate.h"
#include "relay/hook/hooks.h"
#include "relay/store/store.h"
#include "wire/messages.h"

namespace tocsin::relay {

// What a provider posted to a hook, and the answer that it gets when that is durable.
struct HookWrite {
  Hooking::Kept kept;
  Answer answer;
};

struct Write {
  std::shared_ptr<Connection> connection;
  Caller caller;
  base::Bytes body;  // `work` points into it
  // A batch, a cursor to acknowledge, or a post to a hook, which has no caller.
  std::variant<wire::Batch, std::uint64_t, HookWrite> work;
};

class Writes {
 public:
  // Gets the new items, in the order of their cursors. The envelopes are valid during the call
  // only.
  using OnArrivals = std::function<void(std::span<const Arrival>)>;

  Writes(Store& store, Gate& gate, const base::Clock& clock, boost::asio::io_context& io,
         Counters& counters, OnArrivals on_arrivals);

  void add(Write write);
  bool are_none() const noexcept {
    return gathered_.empty() && answers_.empty() && !disk_.is_busy();
  }
  // Whether nothing was committed since the last call, and nothing is under way.
  bool are_quiet() noexcept {
    return std::exchange(commits_asked_, counters_.commits) == counters_.commits && are_none();
  }
  // False after a failed write, until one succeeds.
  bool work() const noexcept { return commits_ && disk_.works(); }
  // Tries a write if the last one failed. A relay that is not well gets no requests, so nothing
  // else would show that it is well again.
  void try_again();
  // Why the last failed write failed. Names the store, but no key and no message.
  const std::string& trouble() const noexcept { return trouble_; }

 private:
  struct Answered {
    std::shared_ptr<Connection> connection;
    Answer answer;
  };
  struct Changes {  // take effect after the commit
    std::vector<Arrival> arrivals;
    std::map<seal::KeyId, OpenMailbox> opened;
  };

  void commit_soon();
  void commit();
  void sync();
  Answer carry_out(const Write& write, Changes& changes);
  Answer carry_out(const HookWrite& post, Changes& changes);
  wire::Outcome deposit(const Caller& caller, const wire::Message& message,
                        std::optional<seal::KeyId> receipts, Changes& changes);

  Store& store_;
  Gate& gate_;
  const base::Clock& clock_;
  boost::asio::io_context& io_;
  Counters& counters_;
  OnArrivals on_arrivals_;
  Disk disk_;
  std::vector<Write> gathered_;  // for the next transaction
  std::size_t gathered_messages_ = 0;
  bool commit_is_due_ = false;
  std::vector<Answered> answers_;  // to committed writes; sent when they are durable
  std::uint64_t commits_asked_ = 0;
  bool commits_ = true;
  std::string trouble_;
};

}  // namespace tocsin::relay
