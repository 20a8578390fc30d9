// tocsin respond offer: offers help unasked, to the newest incident that this device knows.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "command.h"
#include "respond.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;

class Offer final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--eta", eta_, "Minutes until you could be there")
        ->type_name("MINUTES")
        ->required();
    add_spool_option(app, spool_);
  }

  Exit run(Context& context) override {
    const incident::Reply reply{incident::Answer::coming, arrival_in(context, eta_)};
    device::Terminal terminal = open_terminal(context, spool_);
    // What has come since may say that the incident has ended, or be another one.
    std::string trouble;
    if (!context.dry_run) trouble = terminal.fetch(std::chrono::seconds{0}).trouble;
    const auto open = terminal.open_incidents();
    if (open.empty() && !trouble.empty())
      throw Fault(Exit::unreachable, trouble,
                  "nobody knows whether an incident was announced to this device: try again");
    if (open.empty())
      throw Fault(Exit::usage, "no incident has been announced to this device",
                  "look again with \"tocsin respond inbox\"; please do not telephone to offer");
    return send_answer(context, terminal, only_kind(open), reply);
  }

 private:
  // The newest. Nobody guesses between a real incident and an exercise.
  static const device::OpenLetter& only_kind(const std::vector<device::OpenLetter>& open) {
    const auto real = std::ranges::find_if(open, &device::OpenLetter::is_real);
    if (real == open.end() || std::ranges::all_of(open, &device::OpenLetter::is_real))
      return open.front();
    throw Fault(Exit::usage, "there is a REAL incident and an exercise: which do you mean?",
                fmt::format("for {}, the real one: tocsin respond answer {} coming --eta 25",
                            base::printable(real->notice.incident), real->letter.number));
  }

  std::string eta_;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_offer() { return std::make_unique<Offer>(); }

}  // namespace tocsin::cli
