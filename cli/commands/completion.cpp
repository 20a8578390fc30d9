// tocsin completion: prints the completion script of a shell.
#include "screen/help/completion.h"

#include <string>

#include "command.h"

namespace tocsin::cli {

namespace {

class Completion final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("SHELL", shell_, "Which shell")->required()->one_of({"bash", "zsh", "fish"});
    app_ = &app.app();
  }

  base::Exit run(Context& context) override {
    const CLI::App* root = app_;
    while (root->get_parent() != nullptr) root = root->get_parent();
    context.out.text(completion_script(shell_, *root));
    return base::Exit::done;
  }

 private:
  std::string shell_;
  const CLI::App* app_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<Completion>(); }

}  // namespace tocsin::cli
