// tocsin respond offer: offers help unasked, to the newest incident that this device knows.
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
    const auto newest = terminal.newest();
    if (!newest)
      throw Fault(Exit::usage, "no incident has been announced to this device",
                  "look again with \"tocsin respond inbox\"; please do not telephone to offer");
    return send_answer(context, terminal, *newest, reply);
  }

 private:
  std::string eta_;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_offer() { return std::make_unique<Offer>(); }

}  // namespace tocsin::cli
