pool --network regtest --basedir ~/.pool auction snapshot --num_batches 3
