pool --network regtest --basedir ~/.pool accounts list
