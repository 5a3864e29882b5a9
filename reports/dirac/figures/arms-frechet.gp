# Run: gnuplot -d arms-frechet.gp
set terminal svg size 900,525 dynamic noenhanced rounded background '#ffffff' font 'sans-serif,12'
set encoding utf8
set output 'arms-frechet.svg'
set multiplot
unset key
set border 3 lc rgb '#888888'
set tics nomirror scale 0.5 textcolor rgb '#333333' font ',11'
set label 'frechet (lower is better)' at screen 0.013333, screen 0.96571 left font ',14' noenhanced
set grid x lc rgb '#e4e4e4' lt 1
set bars 0.4
set yrange [5.5:0.5]
set logscale x
set xrange [3.3227e-31:1833.6]
set xtics ('1e-30' 1e-30, '1e-24' 1e-24, '1e-18' 1e-18, '1e-12' 1e-12, '1e-6' 1e-6, '1' 1)
set lmargin at screen 0.0816
set rmargin at screen 0.37218
set tmargin at screen 0.88571
set bmargin at screen 0.68952
set title 'nonsaturating · alternating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'r1' 2, 'wgan-gp' 3, 'consensus' 4, 'noise' 5) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet.dat' index 0 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 1 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 2 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 3 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 4 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 5 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
unset label
unset arrow
set lmargin at screen 0.38773
set rmargin at screen 0.67831
set tmargin at screen 0.88571
set bmargin at screen 0.68952
set title 'nonsaturating · simultaneous' font ',12' offset 0,-0.7 noenhanced
unset ytics
unset xlabel
plot 'arms-frechet.dat' index 6 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 7 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 8 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 9 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 10 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 11 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.69387
set rmargin at screen 0.98444
set tmargin at screen 0.88571
set bmargin at screen 0.68952
set title 'nonsaturating · extragradient' font ',12' offset 0,-0.7 noenhanced
unset ytics
unset xlabel
plot 'arms-frechet.dat' index 12 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 13 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 14 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 15 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 16 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 17 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.0816
set rmargin at screen 0.37218
set tmargin at screen 0.58667
set bmargin at screen 0.39048
set title 'minimax · alternating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'r1' 2, 'wgan-gp' 3, 'consensus' 4, 'noise' 5) scale 0 noenhanced textcolor rgb '#333333'
unset xlabel
plot 'arms-frechet.dat' index 18 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 19 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 20 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 21 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 22 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 23 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet.dat' index 24 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.38773
set rmargin at screen 0.67831
set tmargin at screen 0.58667
set bmargin at screen 0.39048
set title 'minimax · simultaneous' font ',12' offset 0,-0.7 noenhanced
unset ytics
unset xlabel
plot 'arms-frechet.dat' index 25 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 26 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 27 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 28 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 29 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 30 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.69387
set rmargin at screen 0.98444
set tmargin at screen 0.58667
set bmargin at screen 0.39048
set title 'minimax · extragradient' font ',12' offset 0,-0.7 noenhanced
unset ytics
unset xlabel
plot 'arms-frechet.dat' index 31 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 32 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 33 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 34 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 35 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 36 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet.dat' index 37 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.0816
set rmargin at screen 0.37218
set tmargin at screen 0.28762
set bmargin at screen 0.091429
set title 'wasserstein · alternating' font ',12' offset 0,-0.7 noenhanced
set ytics ('none' 1, 'r1' 2, 'wgan-gp' 3, 'consensus' 4, 'noise' 5) scale 0 noenhanced textcolor rgb '#333333'
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 38 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 39 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 40 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 41 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 42 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 43 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet.dat' index 44 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.38773
set rmargin at screen 0.67831
set tmargin at screen 0.28762
set bmargin at screen 0.091429
set title 'wasserstein · simultaneous' font ',12' offset 0,-0.7 noenhanced
unset ytics
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 45 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 46 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 47 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 48 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 49 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 50 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet.dat' index 51 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
set lmargin at screen 0.69387
set rmargin at screen 0.98444
set tmargin at screen 0.28762
set bmargin at screen 0.091429
set title 'wasserstein · extragradient' font ',12' offset 0,-0.7 noenhanced
unset ytics
set xlabel 'frechet' offset 0,0.4 noenhanced
plot 'arms-frechet.dat' index 52 with lines lc rgb '#aaaaaa' lw 1 dt 2 notitle, \
  'arms-frechet.dat' index 53 with points pt 7 ps 0.3 lc rgb '#A60072B2' notitle, \
  'arms-frechet.dat' index 54 using 1:4:2:3 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 55 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 56 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#0072B2' notitle, \
  'arms-frechet.dat' index 57 using 1:4:5:6 with xerrorbars pt 7 ps 0.6 lw 1.6 lc rgb '#444444' notitle, \
  'arms-frechet.dat' index 58 using 1:2:($3-$1):(0) with vectors head filled size screen 0.0088889,20 lw 1.6 lc rgb '#444444' notitle
unset multiplot
set output
