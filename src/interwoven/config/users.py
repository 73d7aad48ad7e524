"""Who may make an account in a copy: shown, and said anew."""

import argparse
import os

from interwoven.config.copies import set_down, this_copy
from interwoven.config.env import SignUp

WHO = {
    SignUp.OPEN: "anybody who finds this copy (open)",
    SignUp.INVITED: "whoever was invited by somebody here (invited)",
    SignUp.CLOSED: "nobody (closed)",
}
FROM_THE_NEXT_START = "Written down. It counts from the next start of this copy."
OVERRULED = "Written down, but SIGN_UP={said} in the environment counts for more."


def carry_out(chosen: argparse.Namespace) -> None:
    env = this_copy()
    if chosen.who:
        set_down(env, "sign_up", chosen.who)
        overruled = "SIGN_UP" in os.environ and env.sign_up != chosen.who
        print(OVERRULED.format(said=env.sign_up) if overruled else FROM_THE_NEXT_START)
        return
    print(f"Who may make an account: {WHO[env.sign_up]}.")
