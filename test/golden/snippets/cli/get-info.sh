pool --network regtest --basedir ~/.pool getinfo
