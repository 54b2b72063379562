import click

PROOFS = click.option(
    "--proofs",
    is_flag=True,
    help="Prove too what no offer can make happen (needs the extra `proofs`).",
)
