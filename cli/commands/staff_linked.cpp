// tocsin staff linked: shows the accounts at messengers that people linked and the codes that are
// open, and hears who sends one.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "control/linking.h"
#include "control/people.h"
#include "input/opening.h"
#include "screen/staff/link_list.h"
#include "screen/terminal.h"
#include "seal/entropy.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class StaffLinked final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--channel", channel_, "Only this one")->type_name("CHANNEL");
    app.add_option("--wait", wait_, "Listen for this long")->type_name("TIME");
  }

  Exit run(Context& context) override {
    const base::Minutes wait = time_to_wait();
    const home::Home home = open_home(context);
    const auto channels = channels_of(home);
    const home::Unlocked keys = unlock(context, home);
    const roster::Roster before = control::need_roster(home, keys.store);
    std::vector<control::LinkTried> tried;
    control::LinksHeard heard;
    if (!context.dry_run) {
      seal::Entropy random;
      cli::Terminal terminal{Page::scroll, Keys::none};
      const auto tell = [&](const control::LinkTried& one) {
        if (tried.size() == kMostTold) return;
        tried.push_back(one);
        if (!context.json) context.out.line(control::to_sentence(one, before));
        context.out.flush();
      };
      heard = control::listen_for_links(
          {home, keys, channels, wait}, context.clock, random, tell,
          [&](base::Milliseconds patience) { return terminal.wait(patience).stop; });
    }
    print_links(context.out, context.form(),
                {control::need_roster(home, keys.store), control::read_links(home, keys.store),
                 tried, heard.stopped, context.clock.now()});
    for (const std::string& trouble : heard.trouble) context.out.note(trouble);
    if (heard.is_cut_short)
      context.out.note("an incident was declared, so nobody listens for accounts any more");
    return heard.trouble.empty() ? Exit::done : Exit::unreachable;
  }

 private:
  static constexpr std::size_t kMostTold = 1'000;  // of codes, which anybody can send

  base::Minutes time_to_wait() const {
    const auto wait = wait_.empty() ? base::Minutes{0} : base::parse_minutes(wait_);
    if (!wait || *wait > std::chrono::days{7})
      throw Fault(Exit::usage, fmt::format("\"{}\" is no time to wait", base::printable(wait_)),
                  "1min to 168h");
    return *wait;
  }

  std::vector<const home::Channel*> channels_of(const home::Home& home) const {
    if (!channel_.empty()) return {&control::need_link_channel(home, channel_)};
    std::vector<const home::Channel*> channels;
    for (const home::Channel& channel : home.settings().channels)
      if (contact::find(channel.id)->links) channels.push_back(&channel);
    if (channels.empty())
      throw Fault(Exit::usage, "tocsin.yaml has no channel to which people link accounts",
                  "set telegram, viber, signal or whatsapp up there: man tocsin-home");
    return channels;
  }

  std::string channel_;
  std::string wait_;
};

}  // namespace

std::unique_ptr<Command> make_staff_linked() { return std::make_unique<StaffLinked>(); }

}  // namespace tocsin::cli
