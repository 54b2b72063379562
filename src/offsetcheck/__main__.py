from offsetcheck.cli import main

main()
